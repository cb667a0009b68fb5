"""A campaign whose owner is gone passes to an administrator of the organization, who is told."""

import logging
from dataclasses import dataclass, replace

from facteur.domain.campaign import Campaign
from facteur.domain.campaign_notice import handover_notice
from facteur.domain.errors import ConflictError, DailyLimitError, TransientError
from facteur.domain.idempotency import campaign_notice_key
from facteur.domain.identity import OrgId, SendId
from facteur.domain.settings import Profile
from facteur.ports import Clock, Ids, Settings, Store
from facteur.services.people import administrators_of, sender_for, settings_of
from facteur.services.sending.queue import QueueSend

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverCampaign:
    """Gives campaigns without an owner a new one."""

    store: Store
    queue_send: QueueSend
    clock: Clock
    ids: Ids

    def ensure_owner(self, organization: OrgId, campaign: Campaign) -> Campaign | None:
        """The campaign, handed over first if its owner has no profile any more.

        Unchanged when there is nobody to hand it over to, or when profiles cannot be read: the run
        then says why it cannot be sent. None when the campaign was changed meanwhile: read it
        again. Raises TransientError.
        """
        settings = self.store.settings(organization)
        try:
            if settings.find_profile(campaign.owner) is not None:
                return campaign
            return self.hand_over(organization, campaign)
        except TransientError:
            raise
        except Exception:  # noqa: BLE001 - a run must end, whatever cannot be read
            keys = {"organization": organization, "campaign": campaign.id}
            _log.exception("owner not readable", extra=keys)
            return campaign

    def hand_over(self, organization: OrgId, campaign: Campaign) -> Campaign | None:
        """Hand a campaign over to an administrator other than its owner, and tell them.

        The notice comes first: after a crash the campaign is handed over again, and the notice is
        not repeated. The result is as for ``ensure_owner``.
        """
        settings = self.store.settings(organization)
        successor = find_successor(settings, campaign)
        if successor is None:
            return campaign
        handed_over = replace(campaign, owner=successor.user)
        self._tell(organization, campaign, successor, settings)
        changed = self.store.campaigns(organization).change(campaign, handed_over)
        keys = {"organization": organization, "campaign": campaign.id, "owner": successor.user}
        _log.warning("campaign handed over", extra=keys)
        return handed_over if changed else None

    def _tell(
        self, organization: OrgId, campaign: Campaign, owner: Profile, settings: Settings
    ) -> None:
        now = self.clock.now()
        try:
            notice = handover_notice(
                campaign,
                owner,
                sender_for(settings, owner, settings_of(settings), settings.get_account()),
                notice_id=SendId(self.ids.new_id(now)),
                now=now,
            )
        except ConflictError as error:
            # No mail can leave in their name: the campaign's next Send fails for the same reason.
            keys = {"organization": organization, "campaign": campaign.id, "code": error.code}
            _log.warning("handover not told", extra=keys)
            return
        key = campaign_notice_key(campaign.id, f"owner-{campaign.owner}")
        try:
            self.queue_send.queue(organization, notice, idempotency_key=key)
        except DailyLimitError:
            keys = {"organization": organization, "campaign": campaign.id}
            _log.warning("handover not told", extra=keys)


def find_successor(settings: Settings, campaign: Campaign) -> Profile | None:
    """The administrator who gets a campaign: always the same one, the first by id."""
    others = [one for one in administrators_of(settings) if one.user != campaign.owner]
    return min(others, key=lambda profile: profile.user, default=None)
