"""A year with every worker at work: every announced occurrence is sent, once and in time."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from facteur.domain.identity import CampaignId
from facteur.domain.recurrence import Monthly, Recurrence, Weekly
from facteur.domain.send import SendStatus
from tests.local.aws.scheduler.zones import offset_at
from tests.simulation.campaigns import MARIE, CampaignWorld
from tests.simulation.world import ORG

ZONES = [
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Pacific/Apia",
]
START = datetime(2041, 1, 15, 12, tzinfo=UTC)
END = datetime(2042, 1, 15, 12, tzinfo=UTC)
RECONCILED_EVERY = timedelta(minutes=5)
LATEST = timedelta(minutes=15)


class Year:
    """A world that begins in January 2041, and what the API announces of each campaign."""

    def __init__(self) -> None:
        self.world = CampaignWorld()
        self.world.clock.at = START
        self.announced: dict[CampaignId, list[datetime]] = {}

    def start(self, recurrence: Recurrence, zone: str) -> None:
        campaign = self.world.start(recurrence, timezone=zone)
        following = self.world.people.read.occurrences(MARIE, campaign, count=53)
        self.announced[campaign] = [each.at for each in following.occurrences if each.at < END]

    def pass_by(self, *, copies: int = 1) -> None:
        """Handle triggers and deadlines when they come, to the end of the year."""
        world = self.world
        while world.clock.now() < END:
            now = world.clock.now()
            firing = world.next_firings(END)
            reconciled = self._reconciled_after(now)
            at = min(END, reconciled, firing[0] if firing else END)
            world.until(at, copies=copies)
            self._work()
            if at == reconciled:
                world.reconcile()
                self._work()

    def _work(self) -> None:
        world = self.world
        world.run_all()
        while world.queue:
            world.deliver(world.queue[0])
        while world.events:
            world.track(world.events.pop(0))

    def _reconciled_after(self, now: datetime) -> datetime:
        """When reconcile runs next and finds something overdue."""
        data = self.world.store.of(ORG)
        deadlines = [
            *(row.overdue_at for row in data.rows.values()),
            *(stored.overdue_at for stored in data.campaigns.values()),
        ]
        first = min((at for at in deadlines if at is not None), default=END)
        since_start = max(first, now + timedelta(seconds=1)) - START
        return START - (-since_start // RECONCILED_EVERY) * RECONCILED_EVERY

    def assert_all_sent_once_in_time(self) -> None:
        rows = self.world.rows()
        sent = Counter((row.campaign_id, row.occurrence_at) for row in rows)
        announced = [(campaign, at) for campaign, all_ in self.announced.items() for at in all_]
        assert sent == Counter(announced)
        assert {row.progress.status for row in rows} == {SendStatus.SENT}
        assert len(self.world.mailer.accepted) == len(rows)
        for row in rows:
            assert row.progress.sent_at is not None
            assert row.occurrence_at is not None
            assert row.progress.sent_at - row.occurrence_at <= LATEST


def change_days(zone: ZoneInfo) -> set[date]:
    """The local dates of the year on which a zone's clock changes."""
    hours = [START + timedelta(hours=n) for n in range((END - START) // timedelta(hours=1))]
    return {
        after.astimezone(zone).date()
        for hour in hours
        if offset_at(zone, hour) != offset_at(zone, after := hour + timedelta(hours=1))
    }


@pytest.mark.feature("B3", "B4", "B19")
@pytest.mark.parametrize("zone", ZONES)
def test_what_is_announced_is_what_is_sent_once_each_and_in_time(zone: str) -> None:
    year = Year()
    days = {1, 28, 29, 30, 31, *(day.day for day in change_days(ZoneInfo(zone)))}
    for day in sorted(days):
        year.start(Monthly((day,), time(2, 30)), zone)
    for weekday in range(1, 8):
        year.start(Weekly((weekday,), time(2, 30)), zone)
    year.start(Weekly((7,), time(0, 0)), zone)

    year.pass_by()

    assert all(len(announced) in {12, 52, 53} for announced in year.announced.values())
    year.assert_all_sent_once_in_time()


@pytest.mark.feature("B1")
def test_every_trigger_of_a_year_coming_twice_makes_no_mail_twice() -> None:
    year = Year()
    for zone in ZONES:
        year.start(Monthly((31,), time(2, 30)), zone)
        year.start(Weekly((7,), time(2, 30)), zone)

    year.pass_by(copies=2)

    year.assert_all_sent_once_in_time()
