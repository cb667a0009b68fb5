"""What SES tells of a message ends in the same events, in any order and any number of times."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.address import Recipient, Role
from facteur.domain.errors import NotFoundError
from facteur.domain.identity import SendId
from facteur.domain.message import (
    EventDetail,
    EventKey,
    MessageEvent,
    MessageState,
    Outcome,
    PlannedMessage,
    outcomes_of,
)
from facteur.ports.ses_events import SesEvent
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.record_ses_event import Recorded, RecordSesEvent, events_of
from tests.simulation.world import ORG, World

AT = datetime(2026, 11, 24, 9, 0, 5, tzinfo=UTC)


def ses_event(send: SendId, event: MessageEvent, *, seconds: int = 0, **changes: Any) -> SesEvent:
    fields: dict[str, Any] = {
        "organization": ORG,
        "send": send,
        "message": 0,
        "ses_message_id": "0102-ses",
        "event": event,
        "at": AT + timedelta(seconds=seconds),
        "accepted_at": AT,
    }
    return SesEvent(**fields | changes)


def recorder(world: World) -> RecordSesEvent:
    return RecordSesEvent(store=world.store, cache=SendCache(world.store))


def state_of(world: World, send: SendId) -> MessageState:
    state = world.store.sends(ORG).find_message(send, 0)
    assert state is not None
    return state


@pytest.mark.feature("B2", "B5")
def test_any_event_proves_that_ses_took_the_message() -> None:
    world = World()
    send = world.create("a@x.example")

    recorder(world).record(ses_event(send, MessageEvent.DELIVERED, addresses=("a@x.example",)))

    state = state_of(world, send)
    assert state.events[EventKey(MessageEvent.SENT)] == EventDetail(AT)
    assert state.ses_message_id == "0102-ses"


@pytest.mark.parametrize("event", [MessageEvent.REJECTED, MessageEvent.FAILED])
def test_a_refusal_after_acceptance_fails_the_whole_message(event: MessageEvent) -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example")

    recorder(world).record(ses_event(send, event, code="content_rejected"))

    assert state_of(world, send).events == {EventKey(event): EventDetail(AT, "content_rejected")}


@pytest.mark.feature("B5")
def test_each_recipient_of_a_message_has_an_outcome_of_its_own() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", "c@x.example")
    bounce = ses_event(
        send,
        MessageEvent.HARD_BOUNCED,
        addresses=("B@X.EXAMPLE", "stranger@x.example"),
        details=("550 no such user", "?"),
        code="address_rejected",
    )
    delivery = ses_event(
        send, MessageEvent.DELIVERED, addresses=("a@x.example",), details=("250 OK",)
    )

    recorded = recorder(world).record(bounce)
    recorder(world).record(delivery)

    (planned,) = world.store.of(ORG).sends[send].messages()
    outcomes = outcomes_of(planned, state_of(world, send))
    assert [outcome.outcome for outcome in outcomes] == [
        Outcome.DELIVERED,
        Outcome.BOUNCED,
        Outcome.SENT,
    ]
    assert [outcome.detail for outcome in outcomes] == ["250 OK", "550 no such user", ""]
    assert recorded == Recorded(is_new=True, unmatched=1)


@pytest.mark.parametrize(
    "spelled",
    [
        "b@bücher.example",
        "B@XN--BCHER-KVA.EXAMPLE",
        "<b@xn--bcher-kva.example>",
        '"Bücher, Bernd" <b@Bücher.example>',
    ],
)
def test_a_recipient_of_several_is_meant_however_a_server_spells_it(spelled: str) -> None:
    world = World()
    send = world.create("a@x.example", "b@xn--bcher-kva.example")

    recorded = recorder(world).record(
        ses_event(send, MessageEvent.HARD_BOUNCED, addresses=(spelled,))
    )

    events = state_of(world, send).events
    assert {key.index for key in events if key.event is MessageEvent.HARD_BOUNCED} == {1}
    assert recorded == Recorded(is_new=True)


def test_an_event_that_names_nobody_concerns_everybody() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example")

    recorder(world).record(ses_event(send, MessageEvent.HARD_BOUNCED, code="undetermined"))

    events = state_of(world, send).events
    assert {key.index for key in events if key.event is MessageEvent.HARD_BOUNCED} == {0, 1}


def test_the_only_recipient_is_meant_however_a_server_spells_it() -> None:
    world = World()
    send = world.create("a@x.example")

    bounce = ses_event(
        send, MessageEvent.HARD_BOUNCED, addresses=("forwarded-to@elsewhere.example",)
    )

    recorded = recorder(world).record(bounce)

    assert recorded == Recorded(is_new=True)
    assert EventKey(MessageEvent.HARD_BOUNCED, 0) in state_of(world, send).events


def test_an_event_told_twice_writes_once() -> None:
    world = World()
    send = world.create("a@x.example")
    delivery = ses_event(send, MessageEvent.DELIVERED, addresses=("a@x.example",))
    assert recorder(world).record(delivery) == Recorded(is_new=True)
    world.steps.clear()

    assert recorder(world).record(delivery) == Recorded(is_new=False)
    assert not world.steps


def test_our_own_record_of_the_acceptance_is_not_rewritten_by_the_send_event() -> None:
    world = World()
    send = world.create("a@x.example")
    world.deliver(world.queue[0])
    world.steps.clear()

    recorder(world).record(ses_event(send, MessageEvent.SENT))

    assert not world.steps


@pytest.mark.parametrize(
    "foreign",
    [
        ses_event(SendId("unknown"), MessageEvent.SENT),
        ses_event(SendId("unknown"), MessageEvent.SENT, organization="another"),
    ],
)
def test_an_event_of_no_send_of_ours_is_not_found(foreign: SesEvent) -> None:
    with pytest.raises(NotFoundError):
        recorder(World()).record(foreign)


def test_an_event_of_a_message_the_send_has_not_is_not_found() -> None:
    world = World()
    send = world.create("a@x.example")

    with pytest.raises(NotFoundError):
        recorder(world).record(ses_event(send, MessageEvent.SENT, message=7))


PLANNED = PlannedMessage(
    0, (Recipient("a@x.example", Role.TO), Recipient("b@x.example", Role.CC)), (), ()
)
ses_events = st.builds(
    ses_event,
    st.just(SendId("01SEND")),
    st.sampled_from([event for event in MessageEvent if event is not MessageEvent.UNCONFIRMED]),
    seconds=st.integers(0, 3),
    addresses=st.sampled_from([(), ("a@x.example",), ("b@x.example",)]),
    code=st.sampled_from(["", "mailbox_full"]),
)


@pytest.mark.feature("B5")
@given(
    st.lists(ses_events, max_size=6).flatmap(
        lambda events: st.tuples(st.just(events), st.permutations(events))
    )
)
def test_every_order_and_repetition_of_events_ends_the_same(
    orders: tuple[list[SesEvent], list[SesEvent]],
) -> None:
    reported, shuffled = orders
    ends = []

    for order in (reported, shuffled + reported):
        world = World()
        send = world.create("a@x.example", "b@x.example")
        for event in order:
            recorder(world).record(receipt_for(send, event))
        state = world.store.sends(ORG).find_message(send, 0)
        ends.append(state.events if state else {})

    assert ends[0] == ends[1]


def receipt_for(send: SendId, event: SesEvent) -> SesEvent:
    return ses_event(
        send,
        event.event,
        seconds=(event.at - AT).seconds,
        addresses=event.addresses,
        code=event.code,
    )


def test_marks_are_a_pure_function_of_the_receipt() -> None:
    event = ses_event(SendId("01SEND"), MessageEvent.COMPLAINED, addresses=("b@x.example",))

    assert events_of(event, PLANNED) == {
        EventKey(MessageEvent.SENT): EventDetail(AT),
        EventKey(MessageEvent.COMPLAINED, 1): EventDetail(AT),
    }
