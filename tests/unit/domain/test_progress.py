"""What a Send has come to, and what happened on the way."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.address import Recipient, Role
from facteur.domain.deadlines import WORK_DEADLINE
from facteur.domain.identity import SendId, UserId
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, MessageState, Outcome
from facteur.domain.send import ROW_RECIPIENTS, Origin, Send, SendFailure, SendStatus, progress_of
from facteur.domain.send_row import advanced, row_of
from facteur.domain.settings import Sender
from facteur.domain.timeline import timeline_of

START = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
COPY = "claire@atelier.fr"
SEND = Send(
    id=SendId("01JDE0000000000000000000AB"),
    origin=Origin.MANUAL,
    created_by=UserId("claire"),
    queued_at=START,
    sender=Sender(name="Claire", address=COPY, reply_to=None, copy_to=COPY),
    recipients=tuple(Recipient(f"p{n}@client.fr", Role.BCC) for n in range(3)),
    separate=True,
    copy=COPY,
    subject="Facture",
    body="Bonjour",
)
ACCEPTING = [MessageEvent.SENT, MessageEvent.DELAYED, MessageEvent.DELIVERED]
FAILING = [
    MessageEvent.UNCONFIRMED,
    MessageEvent.SOFT_BOUNCED,
    MessageEvent.HARD_BOUNCED,
    MessageEvent.REJECTED,
    MessageEvent.FAILED,
]


def at(seconds: int) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


def state(n: int, *events: MessageEvent, code: str = "") -> MessageState:
    """Message ``n``, claimed, with ``events`` a second after one another."""
    events_by_key = {
        EventKey(event): EventDetail(at(n + i), code) for i, event in enumerate(events)
    }
    return MessageState(n, Claim("owner", START), "ses", events_by_key)


def states(*every: MessageState) -> dict[int, MessageState]:
    return {one.n: one for one in every}


message_states = st.one_of(
    st.none(),
    st.lists(st.sampled_from(MessageEvent), max_size=4, unique=True).map(
        lambda events: state(0, *events)
    ),
)
many_states = st.lists(message_states, min_size=4, max_size=4).map(
    lambda every: {n: replace(one, n=n) for n, one in enumerate(every) if one is not None}
)


@pytest.mark.feature("S64")
def test_send_that_nobody_touched_is_queued() -> None:
    progress = progress_of(SEND, {})

    assert progress.status is SendStatus.QUEUED
    assert {one.outcome for one in progress.recipients} == {Outcome.QUEUED}
    assert not progress.is_finished


@pytest.mark.feature("S65")
def test_send_is_sent_when_every_message_is_accepted() -> None:
    progress = progress_of(SEND, states(*(state(n, MessageEvent.SENT) for n in range(4))))

    assert progress.status is SendStatus.SENT
    assert progress.sent_at == at(3)
    assert progress.is_finished


@pytest.mark.feature("S66")
@pytest.mark.feature("S77")
@pytest.mark.parametrize("failing", FAILING)
def test_first_failed_recipient_makes_the_send_failed_at_once(failing: MessageEvent) -> None:
    progress = progress_of(SEND, states(state(1, failing, code="mailbox_full")))

    assert progress.status is SendStatus.FAILED
    assert progress.failed_count == 1
    assert progress.error == SendFailure(code="mailbox_full")
    assert not progress.is_finished


@pytest.mark.parametrize("failing", FAILING)
def test_failed_copy_does_not_make_the_send_failed(failing: MessageEvent) -> None:
    accepted = [state(n, MessageEvent.SENT) for n in range(3)]

    progress = progress_of(SEND, states(*accepted, state(3, failing)))

    assert progress.status is SendStatus.SENT
    assert progress.failed_count == 0
    assert progress.error is None


def test_later_bounce_turns_sent_into_failed_and_a_late_acceptance_clears_uncertainty() -> None:
    accepted = [state(n, MessageEvent.SENT) for n in range(1, 4)]

    bounced = progress_of(
        SEND, states(state(0, MessageEvent.SENT, MessageEvent.HARD_BOUNCED), *accepted)
    )
    uncertain = progress_of(SEND, states(state(0, MessageEvent.UNCONFIRMED), *accepted))
    cleared = progress_of(
        SEND, states(state(0, MessageEvent.UNCONFIRMED, MessageEvent.SENT), *accepted)
    )

    assert bounced.status is SendStatus.FAILED
    assert uncertain.status is SendStatus.FAILED
    assert cleared.status is SendStatus.SENT


def test_complaint_is_no_failure() -> None:
    progress = progress_of(
        SEND, states(*(state(n, MessageEvent.SENT, MessageEvent.COMPLAINED) for n in range(4)))
    )

    assert progress.status is SendStatus.SENT


@given(known=many_states)
def test_status_follows_from_the_outcomes_alone(known: dict[int, MessageState]) -> None:
    progress = progress_of(SEND, known)

    outcomes = [one for one in progress.recipients if one.role is not Role.COPY]
    failures = [one for one in outcomes if one.is_failure]
    assert (progress.status is SendStatus.FAILED) == bool(failures)
    assert progress.failed_count == len(failures)
    assert (progress.error is not None) == bool(failures)
    if progress.status is SendStatus.SENT:
        assert progress.is_finished
        assert progress.sent_at is not None
    if progress.sent_at is not None:
        assert progress.is_finished


@given(known=many_states, data=st.data())
def test_order_of_messages_and_marks_changes_nothing(
    known: dict[int, MessageState], data: st.DataObject
) -> None:
    shuffled = {
        n: replace(known[n], events=dict(data.draw(st.permutations(list(known[n].events.items())))))
        for n in data.draw(st.permutations(list(known)))
    }

    assert progress_of(SEND, shuffled) == progress_of(SEND, known)
    assert timeline_of(SEND, shuffled.values()) == timeline_of(SEND, known.values())


def test_row_shows_the_first_ten_recipients() -> None:
    many = tuple(Recipient(f"p{n}@client.fr", Role.BCC) for n in range(60))

    row = row_of(replace(SEND, recipients=many, separate=False))

    assert len(row.progress.recipients) == ROW_RECIPIENTS
    assert row.recipient_count == 60


def test_timeline_is_shown_oldest_first_and_names_whom_it_concerns() -> None:
    known = [
        state(1, MessageEvent.SENT, MessageEvent.SOFT_BOUNCED),
        state(0, MessageEvent.SENT, MessageEvent.DELIVERED, MessageEvent.COMPLAINED),
    ]

    shown = [(entry.at, entry.event, entry.address) for entry in timeline_of(SEND, known)]

    assert shown == [
        (at(0), "queued", None),
        (at(0), "sent", "p0@client.fr"),
        (at(1), "sent", "p1@client.fr"),
        (at(1), "delivered", "p0@client.fr"),
        (at(2), "bounced", "p1@client.fr"),
        (at(2), "complained", "p0@client.fr"),
    ]


def test_timeline_names_nobody_when_an_event_concerns_several() -> None:
    grouped = replace(SEND, separate=False)

    shown = timeline_of(grouped, [state(0, MessageEvent.SENT)])

    assert [entry.address for entry in shown] == [None, None]


def test_deadline_is_lifted_when_every_message_has_ended() -> None:
    row = row_of(SEND)

    finished = progress_of(SEND, states(*(state(n, MessageEvent.SENT) for n in range(4))))

    assert row.overdue_at == START + WORK_DEADLINE
    assert advanced(row, finished, now=at(60)).overdue_at is None


@pytest.mark.parametrize(("minutes", "renewed"), [(1, False), (7, False), (8, True), (20, True)])
def test_deadline_is_renewed_only_when_less_than_half_of_it_is_left(
    minutes: int, renewed: bool
) -> None:
    now = at(minutes * 60)

    row = advanced(row_of(SEND), progress_of(SEND, {}), now=now)

    assert row.overdue_at == (now if renewed else START) + WORK_DEADLINE
