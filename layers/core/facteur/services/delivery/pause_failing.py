"""A campaign whose last occurrences reached nobody pauses itself."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from facteur.domain.attempts import retry_when_outrun
from facteur.domain.campaign import CampaignStatus, PauseReason
from facteur.domain.campaign_transitions import paused
from facteur.domain.identity import CampaignId, OrgId
from facteur.domain.requests import SendFilter
from facteur.domain.send import Origin
from facteur.domain.send_row import SendRow, reached_nobody
from facteur.ports import Sends, Store

MAX_FAILURES = 3
"""Occurrences in a row that reached nobody before a campaign pauses itself."""
_PAGE = 10
_MAX_PAGES = 5
"""Pages read at most: tests and retries are listed among the Sends of occurrences."""


def pause_failing(store: Store, organization: OrgId, row: SendRow, *, now: datetime) -> None:
    """Pause the campaign of ``row`` if its last MAX_FAILURES occurrences reached nobody.

    ``row`` is about to be stored. Derived from the Sends each time, so it may be repeated. Workers
    may not change schedules: the campaign is left pending, and reconcile disables its schedule.
    """
    if row.origin is not Origin.CAMPAIGN or row.campaign_id is None:
        return
    sends = store.sends(organization)
    last = list(islice(_occurrences(sends, row.campaign_id), MAX_FAILURES))
    rows = [row if other.id == row.id else sends.get_row(other.id) for other in last]
    if len(rows) < MAX_FAILURES or not all(reached_nobody(other) for other in rows):
        return
    campaigns, campaign_id = store.campaigns(organization), row.campaign_id

    def attempt() -> bool | None:
        campaign = campaigns.find(campaign_id)
        if campaign is None or campaign.status is not CampaignStatus.ACTIVE:
            return True
        return campaigns.change(campaign, paused(campaign, now, PauseReason.REACHED_NOBODY)) or None

    retry_when_outrun(attempt, code="campaign_contended")


def _occurrences(sends: Sends, campaign_id: CampaignId) -> Iterator[SendRow]:
    """The rows of a campaign's occurrences, newest first."""
    cursor: str | None = None
    for _ in range(_MAX_PAGES):
        page = sends.list_page(SendFilter(campaign_id=campaign_id), cursor=cursor, limit=_PAGE)
        yield from (row for row in page.items if row.origin is Origin.CAMPAIGN)
        if (cursor := page.next) is None:
            return
