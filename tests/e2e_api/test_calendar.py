"""Every listed occurrence is sent once, also in short months and when clocks change.

``tests/simulation/test_calendar.py`` walks a year of many more recurrences, without AWS.
"""

import datetime as dt

import pytest

from tests.e2e_api.facteur import Facteur

ZONES = [
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
]
END = dt.datetime(2042, 1, 15, 12, tzinfo=dt.UTC)


@pytest.mark.feature("B4", "S45", "S41")
def test_what_is_announced_is_what_is_sent_once_each(facteur: Facteur) -> None:
    document = facteur.document()
    campaigns = [
        facteur.campaign(
            document,
            name=zone,
            recurrence={"kind": "monthly", "day": 31, "time": "02:30"},
            timezone=zone,
        )["id"]
        for zone in ZONES
    ]
    announced = {
        campaign: [
            one["occurrence_at"]
            for one in facteur.occurrences(campaign, 13)
            if dt.datetime.fromisoformat(one["occurrence_at"]) < END
        ]
        for campaign in campaigns
    }

    facteur.move_to(END.isoformat())

    mailed = [mail.send_id for mail in facteur.mails()]
    assert len(mailed) == len(set(mailed)) == sum(map(len, announced.values()))
    for campaign in campaigns:
        sends = facteur.history(f"campaign_id={campaign}")
        assert [send["occurrence_at"] for send in sends] == announced[campaign]
        assert {send["status"] for send in sends} == {"sent"}
        assert {send["id"] for send in sends} <= set(mailed)
        assert len(sends) == 12


@pytest.mark.feature("B4")
def test_a_time_that_the_clock_jumps_over_is_sent_after_the_jump(facteur: Facteur) -> None:
    document = facteur.document()
    facteur.campaign(document, recurrence={"kind": "weekly", "weekday": 7, "time": "02:30"})
    facteur.move_to("2041-03-30T12:00:00Z")
    before = len(facteur.mails())

    facteur.move_to("2041-03-31T12:00:00Z")

    [mail] = facteur.mails()[before:]
    # 03:30 in summer time, ten minutes late: the Scheduler does not fire at such a time.
    assert mail.received_at[:15] == "2041-03-31T01:4"


@pytest.mark.feature("B4")
def test_a_time_that_the_clock_repeats_is_sent_the_first_time_only(facteur: Facteur) -> None:
    document = facteur.document()
    facteur.campaign(document, recurrence={"kind": "weekly", "weekday": 7, "time": "02:30"})
    facteur.move_to("2041-10-26T12:00:00Z")
    before = len(facteur.mails())

    facteur.move_to("2041-10-27T12:00:00Z")

    [mail] = facteur.mails()[before:]
    assert mail.received_at[:16] == "2041-10-27T00:30"
