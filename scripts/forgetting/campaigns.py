"""Forgets a person in campaigns: as recipient, as owner, and in what is written."""

from collections.abc import Callable
from dataclasses import dataclass

from facteur.domain.attempts import retry_when_outrun
from facteur.domain.campaign import Campaign, CampaignStatus, PauseReason
from facteur.domain.campaign_notice import no_recipients_notice
from facteur.domain.errors import ConflictError, DailyLimitError
from facteur.domain.forgetting import campaign_without
from facteur.domain.host_event import deliveries_of
from facteur.domain.host_event_sources import campaign_events
from facteur.domain.idempotency import campaign_notice_key
from facteur.domain.identity import CampaignId, OrgId, SendId
from facteur.ports import Clock, Ids, Store
from facteur.services.campaigns.owner import HandOverCampaign
from facteur.services.people import sender_for, settings_of
from facteur.services.sending.queue import QueueSend
from scripts.forgetting.report import Report
from scripts.forgetting.search import Wanted

_NOBODY_LEFT = (
    "its only recipient was forgotten: it is paused, and its owner was told; give it recipients or"
    " delete it"
)
_NOBODY_TOLD = (
    "its only recipient was forgotten: it is paused, and its owner could not be told; give it"
    " recipients or delete it"
)
_COMPLETED = "completed, and its only recipient was forgotten: it has none any more"
_OWNERLESS = (
    "its owner is gone and no administrator is known: its occurrences fail until somebody takes it"
    " over"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetInCampaigns:
    """Changes campaigns as people do, with their version."""

    store: Store
    queue_send: QueueSend
    hand_over: HandOverCampaign
    clock: Clock
    ids: Ids

    def erase(
        self, organization: OrgId, campaign_id: CampaignId, wanted: Wanted, report: Report
    ) -> None:
        """Hand a campaign of the person's over, then remove them from its recipients and texts."""

        def apply(step: Callable[[Campaign], Campaign | None]) -> None:
            def attempt() -> bool | None:
                campaign = self.store.campaigns(organization).find(campaign_id)
                return True if campaign is None else step(campaign) is not None or None

            retry_when_outrun(attempt, code="campaign_contended")

        apply(lambda campaign: self._hand_over(organization, campaign, wanted, report))
        apply(lambda campaign: self._without(organization, campaign, wanted, report))

    def _hand_over(
        self, organization: OrgId, campaign: Campaign, wanted: Wanted, report: Report
    ) -> Campaign | None:
        if campaign.owner not in wanted.users.get(organization, ()):
            return campaign
        handed_over = self.hand_over.hand_over(organization, campaign)
        if handed_over is None:
            return None
        if handed_over.owner == campaign.owner:
            report.ask(organization, "campaign", campaign.id, _OWNERLESS)
        else:
            what = f"handed over to administrator {handed_over.owner}"
            report.say(organization, "campaign", campaign.id, what)
        return handed_over

    def _without(
        self, organization: OrgId, campaign: Campaign, wanted: Wanted, report: Report
    ) -> Campaign | None:
        redaction = wanted.redaction(organization)
        without = campaign_without(campaign, redaction, now=self.clock.now())
        if without == campaign:
            return campaign
        # Before the change: after a crash both are repeated, and the notice is sent once.
        is_emptied = without.pause_reason is PauseReason.NO_RECIPIENTS
        is_told = is_emptied and self._tell(organization, without)
        told = campaign_events(campaign, without, now=self.clock.now())
        webhooks = self.store.webhooks(organization).list_all() if told else ()
        # Not enqueued: they are due, so reconcile does it.
        owed = deliveries_of(told, webhooks, now=self.clock.now())
        if not self.store.campaigns(organization).change(campaign, without, hooks=owed):
            return None
        report.say(organization, "campaign", campaign.id, "person erased")
        if not without.draft.recipients and not without.draft.groups:
            is_completed = without.status is CampaignStatus.COMPLETED
            why = _NOBODY_LEFT if is_told else _NOBODY_TOLD
            why = _COMPLETED if is_completed else why
            report.ask(organization, "campaign", campaign.id, why)
        return without

    def _tell(self, organization: OrgId, campaign: Campaign) -> bool:
        """Send the owner the notice; False when none can be sent."""
        settings = self.store.settings(organization)
        owner = settings.find_profile(campaign.owner)
        if owner is None:
            return False
        now = self.clock.now()
        try:
            notice = no_recipients_notice(
                campaign,
                owner,
                sender_for(settings, owner, settings_of(settings), settings.get_account()),
                notice_id=SendId(self.ids.new_id(now)),
                now=now,
            )
            key = campaign_notice_key(campaign.id, f"no-recipients-{campaign.version}")
            self.queue_send.queue(organization, notice, idempotency_key=key)
        except (ConflictError, DailyLimitError):
            return False
        return True
