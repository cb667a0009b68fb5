"""Two years of every kind of recurrence in the local mode: announced, triggered and sent."""

import datetime as dt
from typing import Any

import pytest

from tests.e2e_api.facteur import Facteur

END = dt.datetime(2043, 1, 15, 12, tzinfo=dt.UTC)
KINDS: dict[str, dict[str, Any]] = {
    "every other week": {"kind": "weekly", "weekdays": [1], "every": 2},
    "weekends on Monday": {
        "kind": "weekly",
        "weekdays": [6, 7],
        "every": 4,
        "off_days": "after",
    },
    "two days a month": {"kind": "monthly", "days": [1, 16], "off_days": "before"},
    "a quarter": {"kind": "monthly", "days": [31], "every": 3, "off_days": "after"},
    "the last working day": {"kind": "monthly", "ordinal": "last", "weekday": "working_day"},
    "the first working day": {"kind": "monthly", "ordinal": "first", "weekday": "working_day"},
    "the second Sunday": {"kind": "monthly", "ordinal": "second", "weekday": 7},
    "until summer": {"kind": "monthly", "days": [29, 30, 31], "ends": {"on": "2041-06-30"}},
    "five times": {"kind": "weekly", "weekdays": [3, 7], "ends": {"after": 5}},
}


@pytest.mark.feature("B27", "B28", "B29", "B30", "B31")
def test_two_years_of_every_kind_are_sent_as_announced_once_each(facteur: Facteur) -> None:
    document = facteur.document()
    campaigns = {
        name: facteur.campaign(
            document, name=name, subject=name, recurrence=rule | {"time": "02:30"}
        )["id"]
        for name, rule in KINDS.items()
    }
    announced = {
        name: [
            one["occurrence_at"]
            for one in facteur.occurrences(campaign, 60)
            if "merged" not in one["notes"]
            and dt.datetime.fromisoformat(one["occurrence_at"]) < END
        ]
        for name, campaign in campaigns.items()
    }

    facteur.move_to(END.isoformat())

    for name, campaign in campaigns.items():
        sends = facteur.history(f"campaign_id={campaign}")
        assert [send["occurrence_at"] for send in sends] == announced[name], name
        assert {send["status"] for send in sends} == {"sent"}
    assert len(announced["the last working day"]) == 24
    assert len(announced["five times"]) == 5
    mailed = [mail.send_id for mail in facteur.mails()]
    assert len(mailed) == len(set(mailed)) == sum(map(len, announced.values()))
