"""Somebody fills the address book and the groups, to make others pay for reading them.

They write to thousands of addresses that begin alike, store a thousand groups of a thousand
addresses, name all of them at once, and search with whatever matches everything. Others must not
notice: a search examines a bounded number of items, a request reads the groups that it may name and
no more, and a list shows no addresses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from facteur.domain.group import MAX_GROUPS, Contact, Group
from facteur.domain.identity import Caller, GroupId, OrgId, UserId
from facteur.domain.requests import SendFilter
from facteur.domain.send_row import SendRow
from facteur.ports import Page
from facteur.services.sending.propose import LATEST_SENDS, MOST_COMPARED, ProposeRecipients
from tests.fakes import FakeGroups, FakeRecipients, FakeSends, FakeStore
from tests.fakes.data import Organization
from tests.functions.calling import INVOICE, ORGANIZATION, Api

ORG = OrgId("atelier-durand")
CALLER = Caller(ORG, UserId("u1"), "a@x.example", "A")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Counted:
    """What was read, by what it was read for."""

    groups: int = 0
    rows: int = 0
    last_sends: int = 0
    searches: int = 0


@dataclass
class CountingStore(FakeStore):
    counted: Counted = field(default_factory=Counted)

    def __post_init__(self) -> None:
        FakeStore.__init__(self)

    def groups(self, organization: OrgId) -> FakeGroups:
        return CountingGroups(self, self.of(organization), self.counted)

    def recipients(self, organization: OrgId) -> FakeRecipients:
        return CountingRecipients(self, self.of(organization), self.counted)

    def sends(self, organization: OrgId) -> FakeSends:
        return CountingSends(self, self.of(organization), self.counted)


@dataclass
class CountingGroups(FakeGroups):
    store: FakeStore
    data: Organization
    counted: Counted

    def find_many(self, group_ids: Sequence[GroupId]) -> Sequence[Group]:
        self.counted.groups += len(group_ids)
        return super().find_many(group_ids)


@dataclass
class CountingRecipients(FakeRecipients):
    store: FakeStore
    data: Organization
    counted: Counted

    def matching(self, typed: str) -> Sequence[Contact]:
        self.counted.searches += 1
        # As many as the adapter examines; its own test says that it does not read more.
        return super().matching(typed)[:200]

    def find_last_sends(self, addresses: Any) -> Any:
        self.counted.last_sends += len(addresses)
        return super().find_last_sends(addresses)


@dataclass
class CountingSends(FakeSends):
    store: FakeStore
    data: Organization
    counted: Counted

    def list_page(self, wanted: SendFilter, *, cursor: str | None, limit: int) -> Page[SendRow]:
        self.counted.rows += limit
        return super().list_page(wanted, cursor=cursor, limit=limit)


def full_of_groups(api: Api, count: int) -> list[str]:
    """Store groups of a thousand addresses, all of them different."""
    groups = api.store.of(ORGANIZATION).groups
    for n in range(count):
        group_id = GroupId(f"{n:026d}")
        contacts = tuple(Contact(f"a{m}@g{n}.example") for m in range(1_000))
        groups[group_id] = Group(
            id=group_id,
            name=f"Liste {n}",
            contacts=contacts,
            version=1,
            created_at=NOW,
            updated_at=NOW,
        )
    return list(groups)


@pytest.mark.feature("B33", "B46")
@pytest.mark.parametrize("typed", ["a", "x", "", "@", "a x", "." * 200, "a" * 200])
def test_a_search_compares_a_bounded_number_whatever_is_stored(typed: str) -> None:
    store = CountingStore()
    store.recipients(ORG).remember([Contact(f"a{n}@x.example") for n in range(3_000)])

    found = ProposeRecipients(store=store).propose(CALLER, typed)

    assert len(found) <= 10
    assert store.counted.rows <= LATEST_SENDS
    assert store.counted.last_sends <= MOST_COMPARED
    assert store.counted.searches == 1


@pytest.mark.feature("B34", "B46")
def test_a_thousand_groups_of_a_thousand_are_refused_before_they_are_read() -> None:
    store = CountingStore()
    api = Api(store)
    groups = full_of_groups(api, 1_000)
    body: dict[str, Any] = {"document_ids": [api.create(INVOICE)], "to": "a@x.example"}

    too_many = api("POST", "/v1/sends", body | {"groups": groups})
    also_too_many = api("POST", "/v1/preview", body | {"groups": groups[: MAX_GROUPS + 1]})
    of_too_many = api("POST", "/v1/sends", body | {"groups": groups[:MAX_GROUPS]})

    assert (too_many.status, too_many.problems) == (422, {("groups", "too_many")})
    assert (also_too_many.status, also_too_many.problems) == (422, {("groups", "too_many")})
    assert (of_too_many.status, of_too_many.problems) == (422, {("groups", "too_many_addresses")})
    assert store.counted.groups == MAX_GROUPS


@pytest.mark.feature("B34", "B46")
def test_the_list_of_a_thousand_groups_is_a_page_without_addresses(api: Api) -> None:
    full_of_groups(api, 1_000)

    answer = api("GET", "/v1/groups", query={"limit": "100"})

    assert len(answer.json["items"]) == 100
    assert "@" not in answer.text
    assert len(answer.text) < 30_000


@pytest.mark.parametrize(
    "address",
    ["a@x.example\r\nBcc: b@x.example", "<a@x.example>", "a" * 321, "x" * 100_000, "a@x, b@x"],
)
def test_an_address_of_a_group_is_checked_like_any_other(api: Api, address: str) -> None:
    body = {"name": "Clients", "addresses": [{"address": address}]}

    answer = api("POST", "/v1/groups", body)

    assert answer.status == 422
    assert {problem["field"] for problem in answer.json["errors"]} <= {
        "addresses",
        "addresses.0.address",
    }


@pytest.mark.parametrize(
    "name", ["Zoé\r\nBcc: x@y.example", "=?utf-8?q?x?=", "a\u202eb", "x" * 201]
)
def test_a_name_of_a_group_is_checked_as_one_in_a_header(api: Api, name: str) -> None:
    contact = {"address": "a@x.example"}

    answers = [
        api("POST", "/v1/groups", {"name": name, "addresses": [contact]}),
        api("POST", "/v1/groups", {"name": "Clients", "addresses": [contact | {"name": name}]}),
    ]

    assert [answer.status for answer in answers] == [422, 422]
