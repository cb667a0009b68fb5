"""Groups of recipients: what may be in one, and who is written to with them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.address import MAX_ADDRESSES, Recipient, Role
from facteur.domain.errors import Problem
from facteur.domain.group import Contact, Group, check_count, check_group, name_key, with_groups
from facteur.domain.identity import GroupId

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LETTERS = "abAB"
ADDRESSES = st.text(LETTERS, min_size=1, max_size=2).map(lambda local: f"{local}@x.example")


def a_group(*addresses: str) -> Group:
    return Group(
        id=GroupId("01KBX6E4R9TQ2W5Y8A1CFHJM3N"),
        name="Clients",
        contacts=tuple(Contact(address) for address in addresses),
        version=1,
        created_at=NOW,
        updated_at=NOW,
    )


def test_of_an_address_typed_twice_the_first_is_kept_whatever_its_case() -> None:
    typed = [Contact("Zoe@X.example", "Zoé"), Contact("zoe@x.EXAMPLE", "Z."), Contact("a@x.fr")]

    contacts, problems = check_group("Clients", typed)

    assert (contacts, problems) == ((Contact("Zoe@x.example", "Zoé"), Contact("a@x.fr")), [])


def test_everything_wrong_with_a_group_is_named_at_once() -> None:
    _, problems = check_group("", [Contact("a@x.fr"), Contact("no address"), Contact("a@b@c")])

    assert [(problem.field, problem.code) for problem in problems] == [
        ("name", "required"),
        ("addresses.1.address", "one_address_expected"),
        ("addresses.2.address", "address_invalid"),
    ]


@pytest.mark.parametrize(("count", "field"), [(0, "required"), (1_001, "too_many_addresses")])
def test_a_group_has_from_one_to_a_thousand_addresses(count: int, field: str) -> None:
    _, problems = check_group("Clients", [Contact(f"a{n}@x.fr") for n in range(count)])

    assert [(problem.field, problem.code) for problem in problems] == [("addresses", field)]


def test_a_list_without_end_is_counted_and_not_checked() -> None:
    _, problems = check_group("Clients", [Contact("no address")] * 2_001)

    figures = {"count": 2_001, "max_length": MAX_ADDRESSES}
    assert problems == [Problem("addresses", "too_many_addresses", {**figures})]


@pytest.mark.parametrize("other", ["clients DE  Lyon", " Clients de Lyon ", "CLIENTS DE LYON"])
def test_names_that_look_alike_are_one_name(other: str) -> None:
    assert name_key(other) == name_key("Clients de Lyon")


@given(
    typed=st.lists(ADDRESSES, max_size=5, unique_by=str.casefold),
    groups=st.lists(st.lists(ADDRESSES, max_size=5), max_size=3),
)
def test_everybody_is_written_to_once_in_the_first_role(
    typed: list[str], groups: list[list[str]]
) -> None:
    recipients = [Recipient(address, Role.CC) for address in typed]

    everybody = with_groups(recipients, [a_group(*group) for group in groups], role=Role.BCC)

    keys = [recipient.address.casefold() for recipient in everybody]
    named = {address.casefold() for address in (*typed, *(a for group in groups for a in group))}
    assert len(keys) == len(set(keys))
    assert set(keys) == named
    assert list(everybody[: len(typed)]) == recipients
    assert all(recipient.role is Role.BCC for recipient in everybody[len(typed) :])


def test_too_many_after_removing_duplicates_are_a_problem_and_as_many_before_are_none() -> None:
    addresses = [f"a{n}@x.fr" for n in range(MAX_ADDRESSES)]
    twice = with_groups([], [a_group(*addresses), a_group(*addresses)], role=Role.BCC)
    more = with_groups([], [a_group(*addresses), a_group("one@more.fr")], role=Role.BCC)

    assert check_count(twice, field="groups") == []
    assert [problem.code for problem in check_count(more, field="groups")] == ["too_many_addresses"]
