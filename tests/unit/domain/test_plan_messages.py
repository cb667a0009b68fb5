"""Who is in which envelope, and whom the headers show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.address import MAX_ENVELOPE, Recipient, Role, without_duplicates
from facteur.domain.message import plan_messages

COPY = "claire@atelier.fr"
people = st.integers(0, 160).map(lambda count: [f"p{n}@client.fr" for n in range(count)])
copies = st.sampled_from([None, COPY, "P3@client.fr", "p0@client.fr"])


@st.composite
def recipient_lists(draw: st.DrawFn) -> tuple[Recipient, ...]:
    """Duplicate-free recipients with any mixture of roles, in the order to, cc, bcc."""
    everybody = draw(people)
    first, second = sorted(draw(st.tuples(*[st.integers(0, len(everybody))] * 2)))
    return without_duplicates(everybody[:first], everybody[first:second], everybody[second:])


def copied(recipients: tuple[Recipient, ...], copy: str | None) -> tuple[Recipient, ...]:
    """The recipients with the copy, unless the sender is one of them."""
    known = {recipient.address.casefold() for recipient in recipients}
    if copy is None or copy.casefold() in known:
        return recipients
    return (*recipients, Recipient(copy, Role.COPY))


@given(recipients=recipient_lists(), separate=st.booleans(), copy=copies)
def test_everybody_is_in_exactly_one_envelope(
    recipients: tuple[Recipient, ...], separate: bool, copy: str | None
) -> None:
    planned = plan_messages(recipients, separate=separate, copy=copy)

    reached = [recipient for message in planned for recipient in message.envelope]
    assert sorted(reached, key=str) == sorted(copied(recipients, copy), key=str)
    assert [message.n for message in planned] == list(range(len(planned)))
    assert all(len(message.envelope) <= MAX_ENVELOPE for message in planned)
    assert plan_messages(recipients, separate=separate, copy=copy) == planned


@given(recipients=recipient_lists(), copy=copies)
def test_separate_messages_show_their_only_recipient(
    recipients: tuple[Recipient, ...], copy: str | None
) -> None:
    for message in plan_messages(recipients, separate=True, copy=copy):
        [recipient] = message.envelope
        assert message.to_header == (recipient.address,)
        assert message.cc_header == ()


@given(recipients=recipient_lists(), copy=copies)
def test_grouped_messages_show_the_same_people_and_never_a_blind_one(
    recipients: tuple[Recipient, ...], copy: str | None
) -> None:
    planned = plan_messages(recipients, separate=False, copy=copy)

    roles = {role: [r.address for r in recipients if r.role is role] for role in Role}
    for message in planned:
        assert list(message.to_header) == roles[Role.TO]
        assert list(message.cc_header) == roles[Role.CC]
    assert len(planned) == max(1, -(-len(copied(recipients, copy)) // MAX_ENVELOPE))


@pytest.mark.feature("S13")
@pytest.mark.feature("S26")
@given(recipients=recipient_lists(), separate=st.booleans())
def test_sender_gets_exactly_one_copy_and_in_no_header_of_others(
    recipients: tuple[Recipient, ...], separate: bool
) -> None:
    planned = plan_messages(recipients, separate=separate, copy=COPY)

    with_copy = [m for m in planned if Recipient(COPY, Role.COPY) in m.envelope]
    assert len(with_copy) == 1
    if separate:
        assert with_copy[0] is planned[-1]
    else:
        assert with_copy[0] is planned[0]
        assert COPY not in (*planned[0].to_header, *planned[0].cc_header)


@given(recipients=recipient_lists(), separate=st.booleans(), copy=copies)
def test_place_of_an_address_is_found_whatever_its_case(
    recipients: tuple[Recipient, ...], separate: bool, copy: str | None
) -> None:
    for message in plan_messages(recipients, separate=separate, copy=copy):
        for index, recipient in enumerate(message.envelope):
            assert message.index_of(recipient.address.upper()) == index
        assert message.index_of("nobody@client.fr") is None
