"""Dates at the end of time, and digits that only Python reads.

The attacker dates a list 31/12/9999 and increments it by a campaign: the date of the next
occurrence exists in no calendar, and the whole organization's list of campaigns would answer 500.
Or they write amounts and times in the digits of another script, which Python reads and others do
not.
"""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.recurrence import DateAnchor, Monthly, Weekly
from tests.functions.calling import INVOICE, ORDER, STAFF_LIST, Api

TOO_FAR = ["9999-12-31", "2201-01-01", "1899-12-31", "0001-01-01"]


@pytest.mark.parametrize("day", TOO_FAR)
@pytest.mark.parametrize(
    ("body", "field"),
    [
        (STAFF_LIST, "date"),
        (INVOICE, "date"),
        (INVOICE, "due_date"),
        (INVOICE, "delivery_date"),
        (ORDER, "date"),
        (ORDER, "delivery_date"),
    ],
    ids=lambda value: value if isinstance(value, str) else value["type"],
)
def test_dates_before_1900_or_after_2200_are_refused_by_field(
    api: Api, body: dict[str, Any], field: str, day: str
) -> None:
    refused = api("POST", "/v1/documents", body | {field: day})

    assert refused.status == 422
    assert refused.problems == {(field, "out_of_range")}


def test_the_first_and_the_last_day_are_accepted(api: Api) -> None:
    for number, day in enumerate(("1900-01-01", "2200-12-31")):
        saved = api("POST", "/v1/documents", ORDER | {"number": f"N{number}", "date": day})
        assert saved.status == 201, saved.text


def test_campaign_of_the_last_day_is_listed_with_its_next_dates(api: Api) -> None:
    document_id = api.create(STAFF_LIST | {"date": "2200-12-31"}, publish=True)
    campaign = {
        "name": "x",
        "document_type": "staff_list",
        "document_ids": [document_id],
        "recipients": "a@b.fr",
        "recurrence": {"kind": "monthly", "day": 31, "time": "08:00"},
        "auto_increment_date": True,
    }

    made = api("POST", "/v1/campaigns", campaign)

    assert made.status == 201, made.text
    assert api("GET", "/v1/campaigns").status == 200
    assert api("GET", f"/v1/campaigns/{made.json['id']}/occurrences").status == 200


@given(
    document_date=st.dates(),
    first=st.dates(dt.date(1970, 1, 1), dt.date(2500, 1, 1)),
    run_on=st.dates(dt.date(1970, 1, 1), dt.date(2500, 1, 1)),
)
def test_a_date_that_is_stored_already_moves_on_without_overflow(
    document_date: dt.date, first: dt.date, run_on: dt.date
) -> None:
    anchor = DateAnchor(first, document_date)

    for rule in (Weekly((1,), dt.time(8)), Monthly((31,), dt.time(8))):
        moved = rule.document_date(anchor, run_on)
        assert dt.date.min <= moved <= dt.date.max
        assert run_on != first or moved == document_date


@pytest.mark.parametrize("field", ["quantity", "unit_price", "vat_rate"])
@pytest.mark.parametrize("amount", ["١٢", "１２", "1٢"])
def test_amounts_in_other_digits_are_refused(api: Api, field: str, amount: str) -> None:
    line = INVOICE["lines"][0] | {field: amount}

    refused = api("POST", "/v1/documents", INVOICE | {"lines": [line]})

    assert refused.problems == {(f"lines.0.{field}", "number_invalid")}


@pytest.mark.parametrize("field", ["start", "end"])
def test_times_of_a_list_in_other_digits_are_refused(api: Api, field: str) -> None:
    entry = STAFF_LIST["entries"][0] | {field: "0٨:0٠"}

    refused = api("POST", "/v1/documents", STAFF_LIST | {"entries": [entry]})

    assert refused.problems == {(f"entries.0.{field}", "time_invalid")}


def test_time_of_a_recurrence_in_other_digits_is_refused(api: Api) -> None:
    document_id = api.create(INVOICE, publish=True)
    campaign = {
        "name": "x",
        "document_type": "invoice",
        "document_ids": [document_id],
        "recipients": "a@b.fr",
        "recurrence": {"kind": "weekly", "weekday": 1, "time": "0٨:0٠"},
    }

    assert api("POST", "/v1/campaigns", campaign).problems == {("recurrence.time", "time_invalid")}
