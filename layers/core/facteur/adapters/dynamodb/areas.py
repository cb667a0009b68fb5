"""The area whose days off count for a campaign: that of its organization's present settings.

It is not stored with a campaign: whoever reads one gets it with the present area, as with the
present rules of its zone. Only campaigns that depend on working days need the further read.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.settings import settings_from
from facteur.adapters.dynamodb.table import Table
from facteur.domain.campaign import Campaign
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import needs_working_days


def with_area(table: Table, keys: Keys, campaign: Campaign) -> Campaign:
    """A campaign of the organization of ``keys`` with its area, if it needs one."""
    return next(with_areas([campaign], lambda: read_area(table, keys)))


def with_areas(
    campaigns: Iterable[Campaign], area: Callable[[], HolidayArea]
) -> Iterator[Campaign]:
    """Campaigns of one organization with its ``area``, read for the first that needs it."""
    known: HolidayArea | None = None
    for campaign in campaigns:
        if needs_working_days(campaign.draft.recurrence):
            known = known or area()
            yield replace(campaign, draft=replace(campaign.draft, area=known))
        else:
            yield campaign


def read_area(table: Table, keys: Keys) -> HolidayArea:
    """The area of an organization; without settings, the default one."""
    item = table.get(keys.settings())
    return settings_from(item).area if item is not None else HolidayArea()
