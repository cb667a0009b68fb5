"""Recurrences as stored: what is written is read, and old texts keep their meaning."""

import datetime as dt

import pytest
from hypothesis import given

from facteur.adapters.dynamodb.recurrences import recurrence_from, recurrence_text
from facteur.domain.recurrence import (
    EndsAfter,
    Monthly,
    NoRecurrence,
    Once,
    Recurrence,
    Repeating,
    Weekly,
)
from tests.rules_of_recurrence import rules

EIGHT = dt.time(8)


@given(rules())
def test_a_rule_is_read_as_it_was_written(rule: Repeating) -> None:
    assert recurrence_from(recurrence_text(rule)) == rule


@pytest.mark.parametrize(
    ("recurrence", "text"),
    [
        (NoRecurrence(), "none"),
        (Once(dt.datetime(2026, 12, 24, 18, 30)), "once 2026-12-24T18:30:00"),
        (Weekly((1,), EIGHT), "weekly 1 08:00:00"),
        (Monthly((31,), dt.time(8, 5)), "monthly 31 08:05:00"),
        (
            Weekly((1, 4), EIGHT, ends=EndsAfter(3)),
            'weekly {"weekdays":[1,4],"time":"08:00:00","ends":3}',
        ),
    ],
)
def test_rules_of_version_0_1_0_are_written_as_it_wrote_them(
    recurrence: Recurrence, text: str
) -> None:
    assert recurrence_text(recurrence) == text
    assert recurrence_from(text) == recurrence
