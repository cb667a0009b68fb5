"""What SES tells of a message ends in the same events, in any order and any number of times."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.errors import NotFoundError
from facteur.domain.identity import SendId
from facteur.domain.message import (
    EventDetail,
    EventKey,
    MessageEvent,
    MessageState,
    Outcome,
    outcomes_of,
)
from facteur.ports.ses_events import NamedRecipient, SesEvent
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.record_ses_event import Recorded, RecordSesEvent
from tests.simulation.world import ORG, World

AT = datetime(2026, 11, 24, 9, 0, 5, tzinfo=UTC)


def ses_event(
    send: SendId, event: MessageEvent, *addresses: str, seconds: int = 0, **changes: Any
) -> SesEvent:
    """An event that says the same of each of ``addresses``, unless ``named`` is given."""
    code = changes.get("code", "")
    fields: dict[str, Any] = {
        "named": tuple(
            NamedRecipient(address=address, event=event, code=code) for address in addresses
        ),
        "organization": ORG,
        "send": send,
        "message": 0,
        "ses_message_id": "0102-ses",
        "event": event,
        "at": AT + timedelta(seconds=seconds),
        "accepted_at": AT,
    }
    return SesEvent(**fields | changes)


def bounced(address: str, *, detail: str = "") -> NamedRecipient:
    return NamedRecipient(
        address=address, event=MessageEvent.HARD_BOUNCED, code="address_rejected", detail=detail
    )


def outcomes_in(world: World, send: SendId) -> list[Outcome]:
    (planned,) = world.store.of(ORG).sends[send].messages()
    return [one.outcome for one in outcomes_of(planned, state_of(world, send))]


def recorder(world: World) -> RecordSesEvent:
    return RecordSesEvent(store=world.store, cache=SendCache(world.store), tell=world.tell)


def state_of(world: World, send: SendId) -> MessageState:
    state = world.store.sends(ORG).find_message(send, 0)
    assert state is not None
    return state


@pytest.mark.feature("B2", "B5")
def test_any_event_proves_that_ses_took_the_message() -> None:
    world = World()
    send = world.create("a@x.example")

    recorder(world).record(ses_event(send, MessageEvent.DELIVERED, "a@x.example"))

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
        named=(
            bounced("B@X.EXAMPLE", detail="550 no such user"),
            bounced("stranger@x.example", detail="?"),
        ),
    )
    delivered = NamedRecipient(address="a@x.example", event=MessageEvent.DELIVERED, detail="250 OK")
    delivery = ses_event(send, MessageEvent.DELIVERED, named=(delivered,))

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
    assert recorded.new == {MessageEvent.SENT, MessageEvent.HARD_BOUNCED}
    assert (recorded.unmatched, recorded.names_nobody) == (1, False)


@pytest.mark.parametrize(
    "spelled",
    [
        "b@bücher.example",
        "B@XN--BCHER-KVA.EXAMPLE",
        "<b@xn--bcher-kva.example>",
        '"Bücher, Bernd" <b@Bücher.example>',
        "rfc822;b@bücher.example",
        "RFC822; <B@xn--bcher-kva.example>",
        "b@xn--bcher-kva.example.",
        "<b@bücher.example>.",
        '"b"@xn--bcher-kva.example',
        '\\"b\\"@xn--bcher-kva.example',
        "'b@xn--bcher-kva.example'",
        "b@xn--bcher-kva.example (mailbox full)",
        "mailto:b@xn--bcher-kva.example",
    ],
)
def test_a_recipient_of_several_is_meant_however_a_server_spells_it(spelled: str) -> None:
    world = World()
    send = world.create("a@x.example", "b@xn--bcher-kva.example")

    recorded = recorder(world).record(ses_event(send, MessageEvent.HARD_BOUNCED, spelled))

    events = state_of(world, send).events
    assert {key.index for key in events if key.event is MessageEvent.HARD_BOUNCED} == {1}
    assert recorded.new == {MessageEvent.SENT, MessageEvent.HARD_BOUNCED}
    assert (recorded.unmatched, recorded.names_nobody) == (0, False)


def test_an_address_that_is_there_as_spelled_is_not_taken_for_its_plain_form() -> None:
    world = World()
    send = world.create("brien@x.example", "'brien'@x.example")

    recorder(world).record(ses_event(send, MessageEvent.HARD_BOUNCED, "'Brien'@x.example"))

    assert outcomes_in(world, send) == [Outcome.SENT, Outcome.BOUNCED]


@pytest.mark.feature("B5")
@pytest.mark.parametrize(
    "event",
    [MessageEvent.HARD_BOUNCED, MessageEvent.REFUSED, MessageEvent.SOFT_BOUNCED],
)
def test_a_bounce_that_names_nobody_changes_nobody_of_several(event: MessageEvent) -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example")
    recorder(world).record(ses_event(send, MessageEvent.DELIVERED, "a@x.example"))

    recorded = recorder(world).record(ses_event(send, event, code="undetermined"))

    assert recorded == Recorded(state_of(world, send), names_nobody=True)
    assert outcomes_in(world, send) == [Outcome.DELIVERED, Outcome.SENT]


def test_a_bounce_that_names_nobody_names_the_only_recipient() -> None:
    world = World()
    send = world.create("a@x.example")

    recorded = recorder(world).record(
        ses_event(send, MessageEvent.HARD_BOUNCED, code="undetermined")
    )

    detail = state_of(world, send).events[EventKey(MessageEvent.HARD_BOUNCED, 0)]
    assert detail == EventDetail(AT, "undetermined")
    assert not recorded.names_nobody


def test_of_several_addresses_one_that_is_the_only_recipient_is_meant() -> None:
    world = World()
    send = world.create("list@x.example")
    delayed = NamedRecipient(address="list@x.example", event=MessageEvent.DELAYED)

    recorder(world).record(
        ses_event(
            send, MessageEvent.HARD_BOUNCED, named=(bounced("member@elsewhere.example"), delayed)
        )
    )

    assert outcomes_in(world, send) == [Outcome.DELAYED]


def test_the_only_recipient_is_meant_however_a_server_spells_it() -> None:
    world = World()
    send = world.create("a@x.example")

    bounce = ses_event(send, MessageEvent.HARD_BOUNCED, "forwarded-to@elsewhere.example")

    recorded = recorder(world).record(bounce)

    assert recorded.unmatched == 0
    assert EventKey(MessageEvent.HARD_BOUNCED, 0) in state_of(world, send).events


def test_an_event_told_twice_writes_once() -> None:
    world = World()
    send = world.create("a@x.example")
    delivery = ses_event(send, MessageEvent.DELIVERED, "a@x.example")
    first = recorder(world).record(delivery)
    world.steps.clear()

    again = recorder(world).record(delivery)
    repeated = recorder(world).record(delivery, is_repeated=True)

    new = frozenset({MessageEvent.SENT, MessageEvent.DELIVERED})
    assert first == Recorded(state_of(world, send), may_have_ended=True, new=new)
    assert again == Recorded(state_of(world, send))
    assert repeated == Recorded(state_of(world, send), may_have_ended=True)
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


ADDRESSES = ("a@x.example", "b@x.example")
named = st.builds(
    NamedRecipient,
    address=st.sampled_from([*ADDRESSES, "stranger@x.example"]),
    event=st.sampled_from(
        [one for one in MessageEvent if one not in (MessageEvent.UNCONFIRMED, MessageEvent.SENT)]
    ),
    code=st.sampled_from(["", "mailbox_full"]),
)
type Told = tuple[MessageEvent, int, tuple[NamedRecipient, ...]]
told = st.tuples(
    st.sampled_from([event for event in MessageEvent if event is not MessageEvent.UNCONFIRMED]),
    st.integers(0, 3),
    st.lists(named, max_size=3).map(tuple),
)


@pytest.mark.feature("B5")
@given(
    st.lists(told, max_size=6).flatmap(
        lambda events: st.tuples(st.just(events), st.permutations(events))
    ),
    st.sampled_from([ADDRESSES, ADDRESSES[:1]]),
)
def test_every_order_and_repetition_of_events_ends_the_same(
    orders: tuple[list[Told], list[Told]], recipients: tuple[str, ...]
) -> None:
    reported, shuffled = orders
    ends = []

    for order in (reported, shuffled + reported):
        world = World()
        send = world.create(*recipients)
        for event, seconds, says in order:
            recorder(world).record(ses_event(send, event, seconds=seconds, named=says))
        state = world.store.sends(ORG).find_message(send, 0)
        ends.append((state.events, outcomes_in(world, send)) if state else {})

    assert ends[0] == ends[1]


@given(st.lists(told, max_size=4))
def test_what_is_told_of_others_leaves_a_recipient_alone(events: list[Told]) -> None:
    world = World()
    send = world.create(*ADDRESSES)
    recorder(world).record(ses_event(send, MessageEvent.DELIVERED, ADDRESSES[1]))

    for event, seconds, says in events:
        of_others = tuple(one for one in says if one.address != ADDRESSES[1])
        if event not in (MessageEvent.REJECTED, MessageEvent.FAILED):
            recorder(world).record(ses_event(send, event, seconds=seconds, named=of_others))

    assert outcomes_in(world, send)[1] is Outcome.DELIVERED
