"""Messages: claims and marks, in the adapter and in the fake."""

from datetime import timedelta

import pytest

from facteur.domain.message import Claim, Mark, MarkKey, Seen
from facteur.ports import Store
from tests.adapters.dynamodb.samples import NOW, ORG, OTHER, send_id

SEND = send_id()
MINE, THEIRS = Claim("mine", NOW), Claim("theirs", NOW)
SENT, FAILED = MarkKey(Mark.SENT), MarkKey(Mark.FAILED)


@pytest.mark.feature("B1")
def test_a_message_is_claimed_once(store: Store) -> None:
    sends = store.sends(ORG)

    assert sends.claim(SEND, 0, MINE) is True
    assert sends.claim(SEND, 0, THEIRS) is False
    assert sends.claim(SEND, 1, THEIRS) is True

    states = sends.get_messages(SEND)
    assert {n: state.claim for n, state in states.items()} == {0: MINE, 1: THEIRS}
    assert sends.find_message(SEND, 0) == states[0]
    assert sends.find_message(SEND, 2) is None
    assert store.sends(OTHER).get_messages(SEND) == {}


def test_a_released_message_can_be_claimed_again(store: Store) -> None:
    sends = store.sends(ORG)
    sends.claim(SEND, 0, MINE)

    sends.release(SEND, 0, MINE)

    assert sends.claim(SEND, 0, THEIRS) is True


def test_only_the_owner_releases(store: Store) -> None:
    sends = store.sends(ORG)
    sends.claim(SEND, 0, MINE)

    sends.release(SEND, 0, THEIRS)
    sends.release(SEND, 1, THEIRS)

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert state.claim == MINE


@pytest.mark.feature("B2")
def test_a_message_whose_fate_is_known_is_not_released(store: Store) -> None:
    sends = store.sends(ORG)
    sends.claim(SEND, 0, MINE)
    sends.mark(SEND, 0, {SENT: Seen(NOW)})

    sends.release(SEND, 0, MINE)

    assert sends.claim(SEND, 0, THEIRS) is False


@pytest.mark.feature("B2")
def test_a_message_whose_fate_is_known_is_not_claimed(store: Store) -> None:
    sends = store.sends(ORG)
    sends.mark(SEND, 0, {SENT: Seen(NOW)}, ses_message_id="ses-1")

    assert sends.claim(SEND, 0, MINE) is False


def test_marks_are_read_as_they_were_written(store: Store) -> None:
    sends = store.sends(ORG)
    marks = {
        SENT: Seen(NOW),
        MarkKey(Mark.DELIVERED, 3): Seen(NOW, "", "250 2.0.0 OK, reçu"),
        MarkKey(Mark.HARD_BOUNCED, 12): Seen(NOW, "address_rejected", ""),
    }
    sends.claim(SEND, 7, MINE)

    sends.mark(SEND, 7, marks, ses_message_id="ses-1")

    state = sends.find_message(SEND, 7)
    assert state is not None
    assert (state.n, state.claim, state.ses_message_id) == (7, MINE, "ses-1")
    assert dict(state.marks) == marks


def test_sent_keeps_the_first_told_and_other_marks_the_earliest(store: Store) -> None:
    sends = store.sends(ORG)
    earlier = NOW - timedelta(minutes=1)
    delivered = MarkKey(Mark.DELIVERED, 0)
    sends.mark(SEND, 0, {SENT: Seen(NOW), delivered: Seen(NOW)}, ses_message_id="first")

    sends.mark(SEND, 0, {SENT: Seen(earlier), delivered: Seen(earlier)}, ses_message_id="second")

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert dict(state.marks) == {SENT: Seen(NOW), delivered: Seen(earlier)}
    assert state.ses_message_id == "first"


def test_a_mark_already_there_does_not_keep_the_others_out(store: Store) -> None:
    sends = store.sends(ORG)
    known = {MarkKey(Mark.DELIVERED, n): Seen(NOW) for n in (0, 2)}
    sends.mark(SEND, 0, known)
    later = NOW + timedelta(minutes=1)
    every = {MarkKey(Mark.DELIVERED, n): Seen(later) for n in range(4)}

    sends.mark(SEND, 0, {SENT: Seen(later)} | every, ses_message_id="ses-1")

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert dict(state.marks) == {SENT: Seen(later)} | every | known
    assert state.ses_message_id == "ses-1"


def test_all_recipients_of_a_full_envelope_are_marked_at_once(store: Store) -> None:
    sends = store.sends(ORG)
    marks = {
        MarkKey(mark, n): Seen(NOW, "c", "d" * 100)
        for mark in (Mark.DELAYED, Mark.DELIVERED, Mark.COMPLAINED)
        for n in range(50)
    }

    sends.mark(SEND, 0, {SENT: Seen(NOW)} | marks)

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert dict(state.marks) == {SENT: Seen(NOW)} | marks


@pytest.mark.parametrize("claim", [None, MINE])
def test_a_message_is_given_up_only_while_the_claim_holds(
    store: Store, claim: Claim | None
) -> None:
    sends = store.sends(ORG)
    if claim is not None:
        sends.claim(SEND, 0, claim)
    other = THEIRS if claim is None else None

    assert sends.mark_if_claimed(SEND, 0, FAILED, Seen(NOW, "expired"), claim=other) is False
    assert sends.mark_if_claimed(SEND, 0, FAILED, Seen(NOW, "expired"), claim=claim) is True

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert dict(state.marks) == {FAILED: Seen(NOW, "expired")}
    assert sends.claim(SEND, 0, THEIRS) is False


def test_a_message_whose_fate_is_known_is_not_given_up(store: Store) -> None:
    sends = store.sends(ORG)
    sends.claim(SEND, 0, MINE)
    sends.mark(SEND, 0, {SENT: Seen(NOW)})

    given_up = sends.mark_if_claimed(SEND, 0, MarkKey(Mark.UNCONFIRMED), Seen(NOW), claim=MINE)

    assert given_up is False


def test_a_released_message_can_be_given_up(store: Store) -> None:
    sends = store.sends(ORG)
    sends.claim(SEND, 0, MINE)
    sends.release(SEND, 0, MINE)

    assert sends.mark_if_claimed(SEND, 0, FAILED, Seen(NOW, "expired"), claim=None) is True
