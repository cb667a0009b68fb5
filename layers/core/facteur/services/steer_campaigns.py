"""Pause and resume campaigns, skip runs and add some."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from facteur.domain.asked import Step
from facteur.domain.campaign import Campaign
from facteur.domain.campaign_life import paused, resumed, skipped, unskipped
from facteur.domain.errors import ConflictError
from facteur.domain.guard import RequestGuard
from facteur.domain.identity import Caller, CampaignId
from facteur.ports import Clock, DueMessage, DueQueue, Ids, Store
from facteur.services.choose_documents import ensure_ready, find_document
from facteur.services.follow_campaign import FollowCampaign

type Transition = Callable[[Campaign, dt.datetime], Campaign]

_TRANSITIONS: Mapping[Step, Transition] = {
    Step.PAUSE: paused,
    Step.RESUME: resumed,
    Step.SKIP: skipped,
    Step.UNSKIP: unskipped,
}
_ATTEMPTS = 20
"""A worker or colleague being faster is the only reason to try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SteerCampaigns:
    """What people do with campaigns without changing what these are."""

    store: Store
    clock: Clock
    ids: Ids
    due: DueQueue
    follow: FollowCampaign

    def __call__(
        self,
        caller: Caller,
        campaign_id: CampaignId,
        step: Step,
        *,
        guard: RequestGuard | None = None,
    ) -> Campaign:
        """The campaign after the step. Raises NotFoundError, and ConflictError when it is not the
        moment for it."""
        transition = _TRANSITIONS.get(step)
        if transition is None:
            return self._run(caller, campaign_id, guard, is_test=step is Step.TEST)
        campaigns = self.store.campaigns(caller.organization)
        for _ in range(_ATTEMPTS):
            before = campaigns.get(campaign_id)
            after = transition(before, self.clock.now())
            if after == before:
                return before
            if campaigns.change(before, after):
                self.follow(caller.organization, after, before=before)
                return after
        raise ConflictError("campaign_contended")

    def _run(
        self,
        caller: Caller,
        campaign_id: CampaignId,
        guard: RequestGuard | None,
        *,
        is_test: bool,
    ) -> Campaign:
        """Ask for a run that the calendar does not know; repeated with the same key, for one."""
        organization = caller.organization
        campaign = self.store.campaigns(organization).get(campaign_id)
        documents = self.store.documents(organization)
        found = [find_document(documents, wanted) for wanted in campaign.draft.document_ids]
        if not all(found):
            raise ConflictError("document_unavailable")
        ensure_ready(document for document in found if document is not None)
        now = self.clock.now()
        extra = self.ids.new_id(now)
        if guard is not None:
            extra = self.store.guards(organization).take_request(guard, extra).id
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
