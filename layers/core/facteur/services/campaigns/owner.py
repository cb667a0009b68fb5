"""Tells an administrator when nobody owns a campaign any more, or when it cannot be read."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from facteur.domain.campaign import Campaign
from facteur.domain.campaign_notice import handover_notice, unreadable_notice
from facteur.domain.errors import ConflictError, DailyLimitError, TransientError
from facteur.domain.idempotency import OccurrenceKey, campaign_notice_key
from facteur.domain.identity import CampaignId, OrgId, SendId
from facteur.domain.send import Send
from facteur.domain.settings import Profile, Sender
from facteur.ports import Clock, Ids, Settings, Store
from facteur.services.people import administrators_of, sender_for, settings_of
from facteur.services.sending.queue import QueueSend

_log = logging.getLogger(__name__)


type MakeNotice = Callable[[Sender, SendId, datetime], Send]
"""Makes a notice to somebody whose own mail has this sender."""


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
        key = campaign_notice_key(campaign.id, f"owner-{campaign.owner}")
        self._tell(
            organization,
            successor,
            settings,
            key,
            lambda sender, notice_id, now: handover_notice(
                campaign, successor, sender, notice_id=notice_id, now=now
            ),
        )
        changed = self.store.campaigns(organization).change(campaign, handed_over)
        keys = {"organization": organization, "campaign": campaign.id, "owner": successor.user}
        _log.warning("campaign handed over", extra=keys)
        return handed_over if changed else None

    def tell_unreadable(self, organization: OrgId, campaign_id: CampaignId, *, run: str) -> bool:
        """Tell the first administrator, once for each ``run``, that a campaign cannot be read.

        False when there is nobody to tell, or no mail can leave in their name.
        """
        settings = self.store.settings(organization)
        administrators = administrators_of(settings)
        if not administrators:
            return False
        key = campaign_notice_key(campaign_id, f"unreadable-{run}")
        reader = _first(administrators)
        return self._tell(
            organization,
            reader,
            settings,
            key,
            lambda sender, notice_id, now: unreadable_notice(
                campaign_id, reader, sender, notice_id=notice_id, now=now
            ),
        )

    def _tell(
        self,
        organization: OrgId,
        reader: Profile,
        settings: Settings,
        key: OccurrenceKey,
        make_notice: MakeNotice,
    ) -> bool:
        now = self.clock.now()
        try:
            sender = sender_for(settings, reader, settings_of(settings), settings.get_account())
            notice = make_notice(sender, SendId(self.ids.new_id(now)), now)
            self.queue_send.queue(organization, notice, idempotency_key=key)
        except (ConflictError, DailyLimitError) as error:
            # A handover: the campaign's next Send fails for the same reason.
            keys = {"organization": organization, "campaign": key.campaign, "code": error.code}
            _log.warning("notice not sent", extra=keys)
            return False
        return True


def find_successor(settings: Settings, campaign: Campaign) -> Profile | None:
    """The administrator who gets a campaign: always the same one, the first by id."""
    others = [one for one in administrators_of(settings) if one.user != campaign.owner]
    return _first(others) if others else None


def _first(people: Sequence[Profile]) -> Profile:
    return min(people, key=lambda profile: profile.user)
