"""What is known of addresses: how they are found, and what the latest mail says of them."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.adapters.dynamodb.recipients import MOST_WORDS, words_of
from facteur.domain.group import Contact
from facteur.domain.identity import SendId
from facteur.domain.known_recipient import (
    AddressStanding,
    AddressState,
    begins_with,
    fits,
    standing_of,
    typed_words,
)
from facteur.domain.message import MessageEvent
from facteur.domain.search import normalised

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EVENTS = (
    MessageEvent.DELIVERED,
    MessageEvent.HARD_BOUNCED,
    MessageEvent.COMPLAINED,
    MessageEvent.NOT_SPAM,
)
WORD = st.text("abcé", min_size=2, max_size=4)
CONTACTS = st.builds(
    lambda local, domain, name: Contact(f"{normalised(local)}@{normalised(domain)}.fr", name),
    st.lists(WORD, min_size=1, max_size=2).map(".".join),
    WORD,
    st.lists(WORD, max_size=2).map(" ".join),
)


def standing(
    event: MessageEvent, *, seconds: int = 0, send: str = "01A", code: str = ""
) -> AddressStanding | None:
    at = AT + timedelta(seconds=seconds)
    return standing_of(event, at=at, send=SendId(send), code=code)


@pytest.mark.feature("B35")
@pytest.mark.parametrize(
    ("event", "code", "state"),
    [
        (MessageEvent.DELIVERED, "", AddressState.OK),
        (MessageEvent.NOT_SPAM, "", AddressState.OK),
        (MessageEvent.HARD_BOUNCED, "address_rejected", AddressState.BOUNCED),
        (MessageEvent.HARD_BOUNCED, "suppressed", AddressState.SUPPRESSED),
        (MessageEvent.COMPLAINED, "", AddressState.COMPLAINED),
    ],
)
def test_an_event_says_what_is_to_be_expected_of_an_address(
    event: MessageEvent, code: str, state: AddressState
) -> None:
    found = standing(event, code=code)

    assert found is not None
    assert found.state is state


@pytest.mark.parametrize("event", [event for event in MessageEvent if event not in EVENTS], ids=str)
def test_what_passes_by_itself_says_nothing_of_an_address(event: MessageEvent) -> None:
    assert standing(event) is None


@pytest.mark.feature("B35")
@given(
    st.lists(
        st.tuples(st.sampled_from(EVENTS), st.integers(0, 3), st.sampled_from(["01A", "01B"])),
        max_size=4,
    )
)
def test_reports_in_any_order_end_in_the_same_state(
    reports: list[tuple[MessageEvent, int, str]],
) -> None:
    standings = [standing(event, seconds=at, send=send) for event, at, send in reports]
    ends = set()

    for order in itertools.permutations(standings):
        stored: AddressStanding | None = standing(MessageEvent.HARD_BOUNCED, seconds=-1)
        for one in (*order, *order):
            if one is not None and one.replaces(stored):
                stored = one
        assert stored is not None
        ends.add(stored.state)

    latest = max(
        (one for one in standings if one is not None),
        key=lambda one: (one.at, 2 if one.code == "not_spam" else one.is_flagged, one.state),
        default=None,
    )
    assert ends == {latest.state if latest is not None else AddressState.BOUNCED}


def test_a_withdrawal_counts_although_it_is_told_before_its_complaint() -> None:
    withdrawal = standing(MessageEvent.NOT_SPAM)
    complaint = standing(MessageEvent.COMPLAINED)

    assert withdrawal is not None
    assert complaint is not None
    assert withdrawal.replaces(None)
    assert not complaint.replaces(withdrawal)
    assert withdrawal.replaces(complaint)


def test_that_all_is_well_is_not_stored_as_long_as_nothing_else_is() -> None:
    well = standing(MessageEvent.DELIVERED)

    assert well is not None
    assert not well.replaces(None)


@pytest.mark.feature("B33")
@given(contact=CONTACTS, data=st.data())
def test_an_address_is_found_by_whatever_begins_a_word_of_it_or_of_the_name(
    contact: Contact, data: st.DataObject
) -> None:
    words = normalised(f"{contact.address.rpartition('.')[0]} {contact.name}").split()
    word = data.draw(st.sampled_from([part for word in words for part in word.split("-")]))
    typed = word[: data.draw(st.integers(1, len(word)))]

    assert fits(contact, typed_words(typed))
    assert any(end.startswith(typed) for end in words_of(contact)), typed


@pytest.mark.feature("B33")
@given(contact=CONTACTS, length=st.integers(1, 30))
def test_an_address_is_found_by_any_beginning_of_it(contact: Contact, length: int) -> None:
    typed = contact.address[:length]

    assert fits(contact, typed_words(typed))
    assert begins_with(contact, typed)
    assert any(end.startswith(normalised(typed)) for end in words_of(contact))


def test_an_address_of_many_words_has_few_items_and_none_of_them_is_the_end_of_the_domain() -> None:
    long = Contact(f"{'.'.join('abcdefghijklmnop')}.zz@a-b-cc.dd.fr", "Jean de la Rivière du Pont")

    assert len(words_of(long)) <= MOST_WORDS
    assert words_of(Contact("compta@dupont-btp.fr", "Zoé Łukasz")) == [
        "compta-dupont-btp-fr",
        "dupont-btp-fr",
        "btp-fr",
        "zoe lukasz",
        "lukasz",
    ]
