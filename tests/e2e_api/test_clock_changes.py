"""A year in one jump: what the Scheduler leaves out when a clock is put forward is caught up.

``tests/simulation/test_calendar.py`` walks it in many more zones, without AWS.
"""

from datetime import datetime, timedelta

import pytest

from tests.e2e_api.facteur import Facteur

SUNDAYS = {"kind": "weekly", "weekday": 7, "time": "02:30"}
LAST_DAYS = {"kind": "monthly", "day": 31, "time": "02:30"}
CAMPAIGNS = [
    ("Europe/Paris", SUNDAYS),
    ("America/New_York", LAST_DAYS),
    ("Australia/Lord_Howe", LAST_DAYS),
    ("Africa/Cairo", LAST_DAYS),
]
END = "2042-01-15T12:00:00+00:00"
LATEST = timedelta(minutes=15)


@pytest.mark.feature("B3", "B4", "B19")
def test_no_occurrence_of_a_year_is_left_out_or_late(facteur: Facteur) -> None:
    document = facteur.document()
    expected = set()
    for zone, recurrence in CAMPAIGNS:
        campaign = facteur.campaign(document, recurrence=recurrence, timezone=zone)["id"]
        for one in facteur.occurrences(campaign, 53):
            if datetime.fromisoformat(one["occurrence_at"]) < datetime.fromisoformat(END):
                expected.add((campaign, one["occurrence_at"]))

    facteur.move_to(END)

    sends = facteur.history()
    assert {(send["campaign_id"], send["occurrence_at"]) for send in sends} == expected
    assert len(sends) == len(expected)
    assert {send["status"] for send in sends} == {"sent"}
    waits = [
        datetime.fromisoformat(send["sent_at"]) - datetime.fromisoformat(send["occurrence_at"])
        for send in sends
    ]
    assert max(waits) <= LATEST
