"""Statuses only rise: any order and repetition of events gives the same outcomes."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.address import Recipient, Role
from facteur.domain.message import (
    STANDINGS,
    Claim,
    EventDetail,
    EventKey,
    MessageEvent,
    MessageState,
    Outcome,
    PlannedMessage,
    RecipientOutcome,
    merge_event,
    outcomes_of,
)

START = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
PLANNED = PlannedMessage(
    0,
    tuple(Recipient(f"p{n}@client.fr", Role.BCC) for n in range(3)),
    (),
    (),
)
CLAIM = Claim("owner", START)
type Event = tuple[EventKey, EventDetail]

keys = st.builds(EventKey, st.sampled_from(MessageEvent), st.none() | st.integers(0, 2))
instants = st.integers(0, 5).map(lambda seconds: START + dt.timedelta(seconds=seconds))
details = st.builds(
    EventDetail, instants, st.sampled_from(["", "mailbox_full"]), st.sampled_from(["", "x"])
)
events: st.SearchStrategy[list[Event]] = st.lists(st.tuples(keys, details), max_size=6)


def state_after(reported: Iterable[Event]) -> MessageState:
    """What is known of a claimed message after these events, in this order."""
    events: dict[EventKey, EventDetail] = {}
    for key, value in reported:
        events[key] = merge_event(value, events.get(key), event=key.event)
    return MessageState(0, CLAIM, "ses-1", events)


def outcomes(events: Iterable[Event]) -> list[RecipientOutcome]:
    return outcomes_of(PLANNED, state_after(events))


def outcome_after(*events: MessageEvent) -> Outcome:
    """The outcome of the first recipient after ``events`` on it, SENT on the whole message."""
    return outcomes([(_key(event), EventDetail(START)) for event in events])[0].outcome


def _key(event: MessageEvent) -> EventKey:
    return EventKey(event, None if event in (MessageEvent.SENT, MessageEvent.UNCONFIRMED) else 0)


def without_acceptance_instants(events: Iterable[Event]) -> list[Event]:
    """``sent`` keeps the first instant recorded, which is the one thing that order decides."""
    return [
        (key, EventDetail(START) if key.event is MessageEvent.SENT else detail)
        for key, detail in events
    ]


@pytest.mark.feature("B5")
@given(events=events, data=st.data())
def test_any_order_and_repetition_of_events_ends_the_same(
    events: list[Event], data: st.DataObject
) -> None:
    known = without_acceptance_instants(events)
    repeated = known + (data.draw(st.lists(st.sampled_from(known))) if known else [])

    shuffled = data.draw(st.permutations(repeated))

    assert outcomes(shuffled) == outcomes(known)
    assert state_after(shuffled) == state_after(known)


@given(events=events, data=st.data())
def test_order_decides_no_status_even_when_acceptance_is_told_twice(
    events: list[Event], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))

    assert [one.outcome for one in outcomes(shuffled)] == [one.outcome for one in outcomes(events)]


HEIGHTS = [
    Outcome.SENDING,
    Outcome.UNCONFIRMED,
    Outcome.SENT,
    Outcome.DELAYED,
    Outcome.DELIVERED,
    Outcome.BOUNCED,
    Outcome.FAILED,
    Outcome.REJECTED,
]


@given(events=events)
def test_status_never_falls(events: list[Event]) -> None:
    """Three events have no height of their own: a soft bounce, shown as a hard one, and a complaint
    and its withdrawal, flags beside acceptance."""
    flags = (MessageEvent.SOFT_BOUNCED, MessageEvent.COMPLAINED, MessageEvent.NOT_SPAM)
    ranked = [event for event in events if event[0].event not in flags]

    heights = [
        [HEIGHTS.index(one.outcome) for one in outcomes(ranked[:count])]
        for count in range(len(ranked) + 1)
    ]

    for before, after in pairwise(heights):
        assert all(low <= high for low, high in zip(before, after, strict=True))


@given(events=events)
def test_permanent_failure_is_never_taken_back(events: list[Event]) -> None:
    failure = (EventKey(MessageEvent.HARD_BOUNCED, 1), EventDetail(START))

    assert outcomes([failure, *events])[1].is_failure


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ((), Outcome.SENDING),
        ((MessageEvent.SENT,), Outcome.SENT),
        ((MessageEvent.UNCONFIRMED,), Outcome.UNCONFIRMED),
        ((MessageEvent.UNCONFIRMED, MessageEvent.SENT), Outcome.SENT),
        ((MessageEvent.SENT, MessageEvent.DELAYED), Outcome.DELAYED),
        ((MessageEvent.SENT, MessageEvent.DELAYED, MessageEvent.DELIVERED), Outcome.DELIVERED),
        ((MessageEvent.SENT, MessageEvent.DELAYED, MessageEvent.SOFT_BOUNCED), Outcome.BOUNCED),
        ((MessageEvent.SENT, MessageEvent.DELIVERED, MessageEvent.SOFT_BOUNCED), Outcome.DELIVERED),
        ((MessageEvent.SENT, MessageEvent.DELIVERED, MessageEvent.HARD_BOUNCED), Outcome.BOUNCED),
        ((MessageEvent.SENT, MessageEvent.DELIVERED, MessageEvent.REFUSED), Outcome.BOUNCED),
        ((MessageEvent.SENT, MessageEvent.COMPLAINED, MessageEvent.REFUSED), Outcome.BOUNCED),
        ((MessageEvent.SENT, MessageEvent.COMPLAINED, MessageEvent.NOT_SPAM), Outcome.SENT),
        ((MessageEvent.DELIVERED, MessageEvent.NOT_SPAM), Outcome.DELIVERED),
        ((MessageEvent.SENT, MessageEvent.DELIVERED, MessageEvent.COMPLAINED), Outcome.COMPLAINED),
        ((MessageEvent.SENT, MessageEvent.HARD_BOUNCED, MessageEvent.COMPLAINED), Outcome.BOUNCED),
        ((MessageEvent.SENT, MessageEvent.REJECTED), Outcome.REJECTED),
        ((MessageEvent.FAILED,), Outcome.FAILED),
    ],
)
def test_marks_mean_the_same_in_every_order(
    events: tuple[MessageEvent, ...], outcome: Outcome
) -> None:
    assert {outcome_after(*order) for order in permutations(events)} == {outcome}


def test_message_nobody_claimed_is_queued() -> None:
    assert {one.outcome for one in outcomes_of(PLANNED, None)} == {Outcome.QUEUED}
    assert {one.outcome for one in outcomes_of(PLANNED, MessageState(0))} == {Outcome.QUEUED}


def test_claimed_message_is_being_sent_since_its_claim() -> None:
    [first, *_] = outcomes([])

    assert (first.outcome, first.at) == (Outcome.SENDING, START)


def test_bounce_of_one_recipient_leaves_the_others_alone() -> None:
    bounce = EventDetail(START, "mailbox_full", "552 5.2.2 full")

    found = outcomes(
        [
            (EventKey(MessageEvent.SENT), EventDetail(START)),
            (EventKey(MessageEvent.SOFT_BOUNCED, 1), bounce),
        ]
    )

    assert [one.outcome for one in found] == [Outcome.SENT, Outcome.BOUNCED, Outcome.SENT]
    assert (found[1].code, found[1].detail) == ("mailbox_full", "552 5.2.2 full")


def test_complaint_about_a_whole_message_concerns_each_recipient() -> None:
    found = outcomes(
        [
            (EventKey(MessageEvent.SENT), EventDetail(START)),
            (EventKey(MessageEvent.COMPLAINED), EventDetail(START)),
        ]
    )

    assert {one.outcome for one in found} == {Outcome.COMPLAINED}


def test_complaint_made_after_a_report_that_it_is_no_spam_counts() -> None:
    later = EventDetail(START + dt.timedelta(seconds=1))

    found = outcomes(
        [
            (EventKey(MessageEvent.DELIVERED, 0), EventDetail(START)),
            (EventKey(MessageEvent.COMPLAINED, 0), later),
            (EventKey(MessageEvent.NOT_SPAM, 0), EventDetail(START)),
        ]
    )

    assert (found[0].outcome, found[0].at) == (Outcome.COMPLAINED, later.at)


def test_refusal_says_why_a_delivered_mail_was_not_kept() -> None:
    refusal = EventDetail(START, "mailbox_full", "552 5.2.2 full")

    found = outcomes(
        [
            (EventKey(MessageEvent.DELIVERED, 0), EventDetail(START)),
            (EventKey(MessageEvent.SOFT_BOUNCED, 0), EventDetail(START, "temporary_failure")),
            (EventKey(MessageEvent.REFUSED, 0), refusal),
        ]
    )

    assert (found[0].code, found[0].detail) == ("mailbox_full", "552 5.2.2 full")


@given(events=events)
def test_message_is_pending_until_something_is_known_of_the_whole_of_it(
    events: list[Event],
) -> None:
    state = state_after(events)

    assert state.is_pending == all(key.index is not None for key, _ in events)


def test_every_event_but_the_complaint_and_its_withdrawal_has_a_standing() -> None:
    flags = {MessageEvent.COMPLAINED, MessageEvent.NOT_SPAM}

    assert set(STANDINGS) == set(MessageEvent) - flags
