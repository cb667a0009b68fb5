"""Actions on a campaign other than editing: pause, resume, skip, unskip, run now, test."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from facteur.domain.account import ensure_active
from facteur.domain.attempts import retry_when_outrun
from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.campaign_transitions import (
    ensure_recipients,
    paused,
    resumed,
    skipped,
    unskipped,
)
from facteur.domain.errors import ConflictError
from facteur.domain.host_event_sources import campaign_events
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, CampaignId, OrgId
from facteur.domain.requests import CampaignAction
from facteur.ports import Clock, DueMessage, DueQueue, Ids, Store
from facteur.services.campaigns.recipients import ensure_groups
from facteur.services.campaigns.sync_schedule import ApplyCampaignChange
from facteur.services.documents.choose import ensure_ready, find_document
from facteur.services.webhooks.tell import TellHosts

type Transition = Callable[[Campaign, dt.datetime], Campaign]

_TRANSITIONS: Mapping[CampaignAction, Transition] = {
    CampaignAction.PAUSE: paused,
    CampaignAction.RESUME: resumed,
    CampaignAction.SKIP: skipped,
    CampaignAction.UNSKIP: unskipped,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlCampaign:
    """Carries out an action on a campaign."""

    store: Store
    clock: Clock
    ids: Ids
    due: DueQueue
    apply_change: ApplyCampaignChange
    tell: TellHosts

    def control(
        self,
        caller: Caller,
        campaign_id: CampaignId,
        action: CampaignAction,
        *,
        idempotency_key: IdempotencyKey | None = None,
    ) -> Campaign:
        """The campaign after an action.

        Raises NotFoundError, ConflictError when its state does not allow the action, or
        SuspendedError when it would mail.
        """
        transition = _TRANSITIONS.get(action)
        if transition is None:
            is_test = action is CampaignAction.TEST
            return self._run(caller, campaign_id, idempotency_key, is_test=is_test)
        campaigns = self.store.campaigns(caller.organization)

        def attempt() -> Campaign | None:
            before, now = campaigns.get(campaign_id), self.clock.now()
            if action is CampaignAction.RESUME and before.status is CampaignStatus.PAUSED:
                self._ensure_documents_ready(caller.organization, before)
                ensure_groups(self.store, caller.organization, before)
            after = transition(before, now)
            if after == before:
                return before
            owed = self.tell.owed(caller.organization, campaign_events(before, after, now=now))
            if not campaigns.change(before, after, hooks=owed):
                return None
            self.tell.enqueue(caller.organization, owed)
            self.apply_change.apply(caller.organization, after, before=before)
            return after

        return retry_when_outrun(attempt, code="campaign_contended")

    def _run(
        self,
        caller: Caller,
        campaign_id: CampaignId,
        idempotency_key: IdempotencyKey | None,
        *,
        is_test: bool,
    ) -> Campaign:
        """Trigger an extra run; a repeated request triggers the same one."""
        organization = caller.organization
        ensure_active(self.store.settings(organization).get_account())
        campaign = self.store.campaigns(organization).get(campaign_id)
        if not is_test:
            ensure_recipients(campaign)
            ensure_groups(self.store, organization, campaign)
        self._ensure_documents_ready(organization, campaign)
        now = self.clock.now()
        extra = self.ids.new_id(now)
        if idempotency_key is not None:
            extra = self.store.idempotency(organization).put_record(idempotency_key, extra).id
        self.due.put(
            DueMessage(
                organization=organization,
                campaign=campaign_id,
                at=now,
                extra=extra,
                is_test=is_test,
            )
        )
        return campaign

    def _ensure_documents_ready(self, organization: OrgId, campaign: Campaign) -> None:
        """Raises ConflictError ``document_unavailable`` or ``document_not_published``."""
        documents = self.store.documents(organization)
        found = [find_document(documents, wanted) for wanted in campaign.draft.document_ids]
        if not all(found):
            raise ConflictError("document_unavailable")
        ensure_ready(document for document in found if document is not None)
