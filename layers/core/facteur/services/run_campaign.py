"""One run of a campaign: a message only suggests it, ``next_run_at`` decides."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from facteur.domain.campaign import (
    Campaign,
    CampaignStatus,
    document_date_of,
    next_document_date,
)
from facteur.domain.campaign_life import advanced_past
from facteur.domain.errors import ConflictError
from facteur.domain.guard import OccurrenceGuard, extra_run, planned_run
from facteur.domain.identity import OrgId
from facteur.domain.send import Send
from facteur.ports import CampaignAdvance, Clock, DueMessage, Store
from facteur.services.make_occurrence import MakeOccurrence, Run
from facteur.services.queue_send import QueueSend
from facteur.services.settle_send import Settler

EARLY = dt.timedelta(minutes=1)
"""How much our clock may be behind that of whoever rang."""
_ATTEMPTS = 5


class Verdict(StrEnum):
    """What became of a message of the queue; all are acknowledged."""

    QUEUED = "queued"
    FAILED = "failed"
    """The run could not be made: a failed Send says why."""
    MISSED = "missed"
    """The run came too late: a failed Send says so."""
    NOT_DUE = "not_due"
    """Nothing to do: done already, or paused, rescheduled or deleted meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRunner:
    """Makes runs of campaigns, each once."""

    store: Store
    make: MakeOccurrence
    queue: QueueSend
    settler: Settler
    clock: Clock

    def run(self, message: DueMessage, *, receive_count: int = 1) -> Verdict:
        """Make the run that a message suggests, unless it is not due or has been made.

        ``receive_count`` says how often the queue has given the message by now.
        """
        campaigns = self.store.campaigns(message.organization)
        attempt = self._run_extra if message.extra else self._run_planned
        for _ in range(_ATTEMPTS):
            campaign = campaigns.find(message.campaign)
            if campaign is None:
                return Verdict.NOT_DUE
            try:
                return attempt(message, campaign, receive_count)
            except ConflictError as error:
                if error.code != "campaign_moved":
                    raise
                # Paused, rescheduled or dated anew while we were at it: theirs to say what is due.
        raise ConflictError("campaign_contended")

    def _run_planned(self, message: DueMessage, campaign: Campaign, receive_count: int) -> Verdict:
        is_due = campaign.status is CampaignStatus.ACTIVE and campaign.next_run_at == message.at
        if not is_due or message.at > self.clock.now() + EARLY:
            return Verdict.NOT_DUE
        run = Run(document_date=document_date_of(campaign, message.at), planned_at=message.at)
        send = self.make(message.organization, campaign, run, receive_count=receive_count)
        advance = CampaignAdvance(before=campaign, after=advanced_past(campaign, message.at))
        return self._queued(
            message.organization, send, planned_run(campaign.id, message.at), advance
        )

    def _run_extra(self, message: DueMessage, campaign: Campaign, receive_count: int) -> Verdict:
        """A run beside the calendar, which does not move; also of a paused campaign."""
        organization = message.organization
        guard = extra_run(message.campaign, message.extra)
        if self.store.guards(organization).find_occurrence(guard) is not None:
            return Verdict.NOT_DUE
        date = next_document_date(campaign, message.at)
        run = Run(document_date=date, is_test=message.is_test)
        send = self.make(organization, campaign, run, receive_count=receive_count)
        advance = CampaignAdvance(before=campaign, after=campaign)
        return self._queued(organization, send, guard, None if message.is_test else advance)

    def _queued(
        self,
        organization: OrgId,
        send: Send,
        guard: OccurrenceGuard,
        advance: CampaignAdvance | None,
    ) -> Verdict:
        if self.queue(organization, send, guard=guard, advance=advance).id != send.id:
            if advance is not None:
                # Made already. A campaign that has come back to the same instant moves on.
                self.store.campaigns(organization).change(advance.before, advance.after)
            return Verdict.NOT_DUE
        if send.failure is None:
            return Verdict.QUEUED
        self.settler.settle(organization, send.id)
        return Verdict.MISSED if send.failure.code == "missed" else Verdict.FAILED
