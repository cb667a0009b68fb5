"""Messages: claims and events, in the adapter and in the fake."""

from datetime import timedelta

import pytest

from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent
from facteur.ports import Store
from tests.adapters.dynamodb.samples import NOW, ORG, OTHER, send_id

SEND = send_id()
MINE, THEIRS = Claim("mine", NOW), Claim("theirs", NOW)
SENT, FAILED = EventKey(MessageEvent.SENT), EventKey(MessageEvent.FAILED)


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
    sends.record_events(SEND, 0, {SENT: EventDetail(NOW)})

    sends.release(SEND, 0, MINE)

    assert sends.claim(SEND, 0, THEIRS) is False


@pytest.mark.feature("B2")
def test_a_message_whose_fate_is_known_is_not_claimed(store: Store) -> None:
    sends = store.sends(ORG)
    sends.record_events(SEND, 0, {SENT: EventDetail(NOW)}, ses_message_id="ses-1")

    assert sends.claim(SEND, 0, MINE) is False


def test_events_are_read_as_they_were_written(store: Store) -> None:
    sends = store.sends(ORG)
    events = {
        SENT: EventDetail(NOW),
        EventKey(MessageEvent.DELIVERED, 3): EventDetail(NOW, "", "250 2.0.0 OK, reçu"),
        EventKey(MessageEvent.HARD_BOUNCED, 12): EventDetail(NOW, "address_rejected", ""),
    }
    sends.claim(SEND, 7, MINE)

    sends.record_events(SEND, 7, events, ses_message_id="ses-1")

    state = sends.find_message(SEND, 7)
    assert state is not None
    assert (state.n, state.claim, state.ses_message_id) == (7, MINE, "ses-1")
    assert dict(state.events) == events


def test_sent_keeps_the_first_recorded_and_other_events_the_earliest(store: Store) -> None:
    sends = store.sends(ORG)
    earlier = NOW - timedelta(minutes=1)
    delivered = EventKey(MessageEvent.DELIVERED, 0)
    sends.record_events(
        SEND, 0, {SENT: EventDetail(NOW), delivered: EventDetail(NOW)}, ses_message_id="first"
    )

    sends.record_events(
        SEND,
        0,
        {SENT: EventDetail(earlier), delivered: EventDetail(earlier)},
        ses_message_id="second",
    )

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert dict(state.events) == {SENT: EventDetail(NOW), delivered: EventDetail(earlier)}
    assert state.ses_message_id == "first"


def test_an_event_already_stored_does_not_keep_the_others_out(store: Store) -> None:
    sends = store.sends(ORG)
    known = {EventKey(MessageEvent.DELIVERED, n): EventDetail(NOW) for n in (0, 2)}
    sends.record_events(SEND, 0, known)
    later = NOW + timedelta(minutes=1)
    every = {EventKey(MessageEvent.DELIVERED, n): EventDetail(later) for n in range(4)}

    sends.record_events(SEND, 0, {SENT: EventDetail(later)} | every, ses_message_id="ses-1")

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert dict(state.events) == {SENT: EventDetail(later)} | every | known
    assert state.ses_message_id == "ses-1"


def test_all_recipients_of_a_full_envelope_get_their_events_at_once(store: Store) -> None:
    sends = store.sends(ORG)
    events = {
        EventKey(event, n): EventDetail(NOW, "c", "d" * 100)
        for event in (MessageEvent.DELAYED, MessageEvent.DELIVERED, MessageEvent.COMPLAINED)
        for n in range(50)
    }

    sends.record_events(SEND, 0, {SENT: EventDetail(NOW)} | events)

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert dict(state.events) == {SENT: EventDetail(NOW)} | events


@pytest.mark.parametrize("claim", [None, MINE])
def test_a_message_is_given_up_only_while_the_claim_holds(
    store: Store, claim: Claim | None
) -> None:
    sends = store.sends(ORG)
    if claim is not None:
        sends.claim(SEND, 0, claim)
    other = THEIRS if claim is None else None

    assert (
        sends.record_if_claimed(SEND, 0, FAILED, EventDetail(NOW, "expired"), claim=other) is False
    )
    assert (
        sends.record_if_claimed(SEND, 0, FAILED, EventDetail(NOW, "expired"), claim=claim) is True
    )

    state = sends.find_message(SEND, 0)
    assert state is not None
    assert dict(state.events) == {FAILED: EventDetail(NOW, "expired")}
    assert sends.claim(SEND, 0, THEIRS) is False


def test_a_message_whose_fate_is_known_is_not_given_up(store: Store) -> None:
    sends = store.sends(ORG)
    sends.claim(SEND, 0, MINE)
    sends.record_events(SEND, 0, {SENT: EventDetail(NOW)})

    given_up = sends.record_if_claimed(
        SEND, 0, EventKey(MessageEvent.UNCONFIRMED), EventDetail(NOW), claim=MINE
    )

    assert given_up is False


def test_a_released_message_can_be_given_up(store: Store) -> None:
    sends = store.sends(ORG)
    sends.claim(SEND, 0, MINE)
    sends.release(SEND, 0, MINE)

    assert sends.record_if_claimed(SEND, 0, FAILED, EventDetail(NOW, "expired"), claim=None) is True
