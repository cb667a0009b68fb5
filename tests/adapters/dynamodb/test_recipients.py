"""Known recipients, in the adapter and in the fake; what they cost, in the adapter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from facteur.adapters.dynamodb.recipients import MOST_EXAMINED
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.group import Contact
from facteur.domain.identity import Caller, SendId, UserId
from facteur.domain.known_recipient import AddressStanding, AddressState, standing_of
from facteur.domain.message import MessageEvent
from facteur.ports import Store
from facteur.services.sending.propose import ProposeRecipients
from tests.adapters.dynamodb.meter import Meter
from tests.adapters.dynamodb.samples import NOW, ORG, OTHER, a_send, to

COMPTA = Contact("compta@dupont-btp.example", "Dupont BTP")
ZOE = Contact("zoe.lukasz@gmail.example")
CALLER = Caller(ORG, UserId("u1"), "a@x.example", "A")


def standing(event: MessageEvent, *, minute: int, send: str = "01A") -> AddressStanding:
    at = NOW + timedelta(minutes=minute)
    found = standing_of(event, at=at, send=SendId(send), code="address_rejected", detail="550")
    assert found is not None
    return found


@pytest.mark.feature("B33")
@pytest.mark.parametrize("typed", ["compta@dup", "COMPTA", "dupont", "btp", "Dupont B", "btp du"])
def test_an_address_is_found_by_its_words_and_those_of_its_name(store: Store, typed: str) -> None:
    recipients = store.recipients(ORG)

    recipients.remember([COMPTA, ZOE])

    assert recipients.matching(typed) == [COMPTA]


@pytest.mark.parametrize("typed", ["", " ", "@", "ompta", "example", "dupont zoe"])
def test_what_begins_no_word_finds_nothing(store: Store, typed: str) -> None:
    recipients = store.recipients(ORG)
    recipients.remember([COMPTA, ZOE])

    found = recipients.matching(typed)

    # The fake also finds what the end of a domain begins with.
    assert typed == "example" or found == []


def test_what_is_remembered_is_of_one_organization(store: Store) -> None:
    store.recipients(ORG).remember([COMPTA])
    store.recipients(ORG).record(COMPTA.address, standing(MessageEvent.HARD_BOUNCED, minute=0))
    others = store.recipients(OTHER)

    assert others.matching("compta") == []
    assert others.find_contacts([COMPTA.address]) == {}
    assert others.find_standings([COMPTA.address]) == {}


def test_a_name_is_learnt_later_and_kept_when_none_is_given(store: Store) -> None:
    recipients = store.recipients(ORG)
    recipients.remember([Contact(COMPTA.address)])
    recipients.remember([COMPTA])
    recipients.remember([Contact(COMPTA.address.upper())])

    assert recipients.find_contacts([COMPTA.address.upper()]) == {COMPTA.address: COMPTA}
    assert recipients.matching("dupont btp") == [COMPTA]


@pytest.mark.feature("B35")
def test_the_latest_standing_is_kept_whatever_comes_last(store: Store) -> None:
    recipients = store.recipients(ORG)
    bounced = standing(MessageEvent.HARD_BOUNCED, minute=1)
    delivered = standing(MessageEvent.DELIVERED, minute=2, send="01B")
    complained = standing(MessageEvent.COMPLAINED, minute=3, send="01B")

    seen = []
    for one in (delivered, bounced, delivered, bounced, complained, delivered):
        recipients.record("Compta@x.example", one)
        seen.append(recipients.find_standings(["COMPTA@x.example"]).get("compta@x.example"))

    assert seen == [None, bounced, delivered, delivered, complained, complained]
    assert complained.state is AddressState.COMPLAINED


def test_the_latest_send_to_an_address_is_known(store: Store) -> None:
    sends = store.sends(ORG)
    for minute in (0, 5):
        sends.create(a_send(minute=minute, recipients=to(COMPTA.address)))

    found = store.recipients(ORG).find_last_sends([COMPTA.address.upper(), ZOE.address])

    assert found == {COMPTA.address: NOW + timedelta(minutes=5)}


@pytest.mark.feature("B33")
def test_a_known_recipient_costs_no_write_and_a_new_one_a_unit_a_word(
    dynamo: DynamoStore, meter: Meter
) -> None:
    recipients = dynamo.recipients(ORG)

    with meter.counting() as new:
        recipients.remember([COMPTA])
    with meter.counting() as known:
        recipients.remember([COMPTA, Contact(COMPTA.address)])
    with meter.counting() as delivered:
        recipients.record(COMPTA.address, standing(MessageEvent.DELIVERED, minute=0))
    with meter.counting() as bounced:
        recipients.record(COMPTA.address, standing(MessageEvent.HARD_BOUNCED, minute=0))

    # compta…, dupont…, btp…, and "dupont btp", "btp" of the name.
    assert (new.written, new.read) == (5, 0.5)
    assert (known.written, known.read) == (0, 0.5)
    assert (delivered.written, delivered.read) == (0, 1)
    assert (bounced.written, bounced.read) == (1, 1)


@pytest.mark.feature("B33", "B46")
def test_a_search_costs_the_same_whatever_is_stored(dynamo: DynamoStore, meter: Meter) -> None:
    recipients, propose = dynamo.recipients(ORG), ProposeRecipients(store=dynamo)
    for n in range(60):
        dynamo.sends(ORG).create(a_send(minute=n, recipients=to(f"recent{n}@gmail.example")))

    def units_of(count: int) -> float:
        recipients.remember([Contact(f"c{n}.x@gmail.example", "Gmail") for n in range(count)])
        with meter.counting() as units:
            assert len(propose.propose(CALLER, "gmail")) == 10
        assert len(units.requests) < 40
        assert units.written == 0
        return units.read

    few, many = units_of(MOST_EXAMINED), units_of(5 * MOST_EXAMINED)

    assert many <= few + 1
    assert many < 60


def test_one_letter_more_finds_what_is_beyond_the_items_examined(store: Store) -> None:
    recipients = store.recipients(ORG)
    recipients.remember([Contact(f"a{n:04d}@x.example") for n in range(2 * MOST_EXAMINED)])
    last = replace(ZOE, address=f"a{2 * MOST_EXAMINED - 1:04d}@x.example")

    assert [one.address for one in recipients.matching("a0399")] == [last.address]
