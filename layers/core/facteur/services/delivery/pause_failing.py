"""A campaign whose last occurrences reached nobody pauses itself."""

import logging
from datetime import datetime
from itertools import islice

from facteur.domain.attempts import retry_when_outrun
from facteur.domain.campaign import MAX_FAILURES, Campaign, CampaignStatus, PauseReason
from facteur.domain.campaign_transitions import paused
from facteur.domain.errors import TransientError
from facteur.domain.host_event_sources import campaign_events
from facteur.domain.identity import CampaignId, OrgId
from facteur.domain.send import Origin
from facteur.domain.send_row import SendRow, reached_nobody
from facteur.ports import Campaigns
from facteur.services.webhooks.tell import TellHosts

_log = logging.getLogger(__name__)

_MAX_ROWS = 50
"""Rows read at most: tests and retries are among them."""


def pause_failing(tell: TellHosts, organization: OrgId, row: SendRow, *, now: datetime) -> None:
    """Pause the campaign of ``row`` if its last MAX_FAILURES occurrences reached nobody.

    ``row`` is about to be stored, or is. Derived from the Sends each time, read consistently, so it
    may be repeated. Workers may not change schedules: the campaign is left pending, and reconcile
    disables its schedule.
    """
    if row.origin is not Origin.CAMPAIGN or row.campaign_id is None:
        return
    store = tell.store
    of_campaign = islice(store.sends(organization).of_campaign(row.campaign_id), _MAX_ROWS)
    made = (other for other in of_campaign if other.origin is Origin.CAMPAIGN)
    rows = [row if other.id == row.id else other for other in islice(made, MAX_FAILURES)]
    if len(rows) < MAX_FAILURES or not all(reached_nobody(other) for other in rows):
        return
    campaigns, campaign_id = store.campaigns(organization), row.campaign_id

    def attempt() -> bool | None:
        campaign = find_readable(campaigns, campaign_id)
        if campaign is None or campaign.status is not CampaignStatus.ACTIVE:
            return True
        after = paused(campaign, now, PauseReason.REACHED_NOBODY)
        owed = tell.owed(organization, campaign_events(campaign, after, now=now))
        if not campaigns.change(campaign, after, hooks=owed):
            return None
        tell.enqueue(organization, owed)
        return True

    retry_when_outrun(attempt, code="campaign_contended")


def find_readable(campaigns: Campaigns, campaign_id: CampaignId) -> Campaign | None:
    """A campaign as it is now; None when it is gone or cannot be read, so that its Sends end."""
    try:
        return campaigns.find(campaign_id)
    except TransientError:
        raise
    except Exception:  # noqa: BLE001 - a run of it says so to an administrator
        _log.exception("campaign not readable", extra={"campaign": campaign_id})
        return None
