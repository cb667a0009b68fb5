"""Handles a message of ``due``: makes the Send if ``next_run`` says that it is due."""

import datetime as dt
import logging
from dataclasses import dataclass, replace
from enum import StrEnum

from facteur.domain.attempts import is_hopeless, retry_when_outrun
from facteur.domain.campaign import (
    Campaign,
    CampaignStatus,
    document_date_of,
    key_of_next,
    next_document_date,
    rederived,
)
from facteur.domain.campaign_transitions import advanced
from facteur.domain.errors import CampaignMovedError, DailyLimitError
from facteur.domain.host_event_sources import campaign_events
from facteur.domain.idempotency import OccurrenceKey, extra_run_key
from facteur.domain.identity import OrgId
from facteur.domain.occurrences import Occurrence
from facteur.domain.send import Send, SendFailure
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import CampaignAdvance, Clock, DueMessage, Store
from facteur.services.campaigns.make_occurrence import MadeOccurrence, MakeOccurrence, Run
from facteur.services.campaigns.owner import HandOverCampaign
from facteur.services.delivery.settle import SettleSend
from facteur.services.sending.queue import QueueSend
from facteur.services.webhooks.tell import TellHosts

_log = logging.getLogger(__name__)
EARLY = dt.timedelta(minutes=1)
"""Tolerated clock skew between us and the Scheduler."""
_ATTEMPTS = 5


class RunResult(StrEnum):
    """The result of a message of the queue; all are acknowledged."""

    QUEUED = "queued"
    FAILED = "failed"
    """The Send could not be made: a failed one records why."""
    MISSED = "missed"
    """The trigger came too late: a failed Send records it."""
    UNREADABLE = "unreadable"
    """What is stored of the campaign cannot be read: an administrator was told."""
    NOT_DUE = "not_due"
    """Nothing to do: done already, or paused, rescheduled or deleted meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCampaign:
    """Makes the Send of an occurrence or extra run, once each."""

    store: Store
    hand_over: HandOverCampaign
    make_occurrence: MakeOccurrence
    queue_send: QueueSend
    settle_send: SettleSend
    tell: TellHosts
    clock: Clock

    def run(self, message: DueMessage, *, receive_count: int = 1) -> RunResult:
        """Make the Send that a message suggests, unless it is not due or already made.

        ``receive_count`` is how often the queue has delivered the message so far.
        """
        campaigns = self.store.campaigns(message.organization)
        run = self._run_extra if message.extra else self._run_occurrence

        def attempt() -> RunResult | None:
            try:
                campaign = campaigns.find(message.campaign)
            except Exception as error:
                if not is_hopeless(error, receive_count) or not self._told(message):
                    raise
                _log.exception("campaign not readable", extra={"campaign": message.campaign})
                return RunResult.UNREADABLE
            if campaign is None:
                return RunResult.NOT_DUE
            campaign = self.hand_over.ensure_owner(message.organization, campaign)
            if campaign is None:
                return None
            try:
                return run(message, campaign, receive_count)
            except CampaignMovedError:
                # Paused, rescheduled or given another list date meanwhile: read it again.
                return None

        return retry_when_outrun(attempt, code="campaign_contended", attempts=_ATTEMPTS)

    def _told(self, message: DueMessage) -> bool:
        run = message.extra or message.at.isoformat()
        return self.hand_over.tell_unreadable(message.organization, message.campaign, run=run)

    def _run_occurrence(
        self, message: DueMessage, campaign: Campaign, receive_count: int
    ) -> RunResult:
        organization, occurrence = message.organization, _triggered(campaign, message.at)
        if occurrence is None or occurrence.at > self.clock.now() + EARLY:
            return RunResult.NOT_DUE
        key = key_of_next(campaign)
        if self.store.idempotency(organization).find_send(key) is not None:
            return self._made_before(organization, _advance(campaign, counts=False))
        run = Run(
            document_date=document_date_of(campaign, occurrence.local),
            due_at=occurrence.at,
            occurrence=occurrence,
        )
        made = self.make_occurrence.make(organization, campaign, run, receive_count=receive_count)
        # A missed occurrence is not one of the sends after which a recurrence ends.
        failure = made.send.failure
        counts = failure is None or failure.code != "missed"
        return self._queued(organization, made, key, _advance(campaign, counts=counts))

    def _run_extra(self, message: DueMessage, campaign: Campaign, receive_count: int) -> RunResult:
        """«Envoyer maintenant» or a test, also of a paused campaign; ``next_run`` stays."""
        organization = message.organization
        idempotency_key = extra_run_key(message.campaign, message.extra)
        if self.store.idempotency(organization).find_send(idempotency_key) is not None:
            return RunResult.NOT_DUE
        date = next_document_date(campaign, message.at)
        run = Run(document_date=date, due_at=message.at, is_test=message.is_test)
        made = self.make_occurrence.make(organization, campaign, run, receive_count=receive_count)
        advance = CampaignAdvance(before=campaign, after=campaign)
        return self._queued(
            organization, made, idempotency_key, None if message.is_test else advance
        )

    def _queued(
        self,
        organization: OrgId,
        made: MadeOccurrence,
        idempotency_key: OccurrenceKey,
        advance: CampaignAdvance | None,
    ) -> RunResult:
        owed = self._owed(organization, advance)

        def queued(send: Send) -> Send:
            return self.queue_send.queue(
                organization,
                send,
                idempotency_key=idempotency_key,
                advance=advance,
                hooks=owed,
                names=made.names,
            )

        send = made.send
        try:
            first = queued(send)
        except DailyLimitError as error:
            # Nothing of it counts now; a retry sends the same documents on another day.
            send = replace(send, failure=SendFailure(code=error.code))
            first = queued(send)
        if first.id != send.id:
            return self._made_before(organization, advance)
        self.tell.enqueue(organization, owed)
        if send.failure is None:
            return RunResult.QUEUED
        self.settle_send.settle(organization, send.id)
        return RunResult.MISSED if send.failure.code == "missed" else RunResult.FAILED

    def _made_before(self, organization: OrgId, advance: CampaignAdvance | None) -> RunResult:
        """Made by an earlier message. A campaign set back to the same occurrence moves on."""
        if advance is not None:
            owed = self._owed(organization, advance)
            campaigns = self.store.campaigns(organization)
            if campaigns.change(advance.before, advance.after, hooks=owed):
                self.tell.enqueue(organization, owed)
        return RunResult.NOT_DUE

    def _owed(self, organization: OrgId, advance: CampaignAdvance | None) -> list[HookDelivery]:
        if advance is None:
            return []
        told = campaign_events(advance.before, advance.after, now=self.clock.now())
        return self.tell.owed(organization, told)


def _advance(campaign: Campaign, *, counts: bool) -> CampaignAdvance:
    return CampaignAdvance(before=campaign, after=advanced(campaign, counts=counts))


def _triggered(campaign: Campaign, at: dt.datetime) -> Occurrence | None:
    """The next occurrence of an active campaign, if a trigger at ``at`` is meant for it.

    A trigger is meant for it at its instant by the present rules of its zone, and at the one stored
    by earlier rules. The result has the instant by the present rules, which decides.
    """
    stored, coming = campaign.next_run, rederived(campaign).next_run
    if campaign.status is not CampaignStatus.ACTIVE or stored is None or coming is None:
        return None
    return coming if at in (stored.at, coming.at) else None
