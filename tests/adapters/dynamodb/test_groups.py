"""Groups of recipients, in the adapter and in the fake."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from facteur.adapters.dynamodb.group_items import group_content_item
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.ids import UlidIds
from facteur.domain.errors import (
    ConflictError,
    GroupNameTakenError,
    InputError,
    NotFoundError,
)
from facteur.domain.group import Contact, Group, summary_of
from facteur.domain.identity import GroupId
from facteur.ports import Store
from tests.adapters.dynamodb.meter import size_of
from tests.adapters.dynamodb.samples import IDEMPOTENCY_KEY, NOW, ORG, OTHER, a_campaign

IDS = UlidIds()


def a_group(name: str = "Clients", *addresses: str, minute: int = 0) -> Group:
    at = NOW + timedelta(minutes=minute)
    return Group(
        id=GroupId(IDS.new_id(at)),
        name=name,
        contacts=tuple(Contact(address, "Zoé") for address in addresses or ("zoe@x.example",)),
        version=1,
        created_at=at,
        updated_at=at,
    )


@pytest.mark.feature("B34")
def test_a_group_is_read_as_it_was_written(store: Store) -> None:
    groups, group = store.groups(ORG), a_group("Clients", "a@x.example", "b@x.example")

    groups.create(group)

    assert groups.get(group.id) == group
    assert groups.find_many([group.id, GroupId(IDS.new_id(NOW))]) == [group]
    assert list(groups.list_page(cursor=None, limit=10).items) == [summary_of(group)]


def test_an_edit_is_stored_once_and_a_later_one_of_the_same_version_is_refused(
    store: Store,
) -> None:
    groups, group = store.groups(ORG), a_group()
    groups.create(group)
    edited = replace(group, name="Prospects", contacts=(), version=2)

    groups.replace(edited)

    assert groups.get(group.id) == edited
    with pytest.raises(ConflictError, match="version_conflict"):
        groups.replace(replace(edited, name="Autres"))


def test_a_name_belongs_to_one_group_until_that_is_renamed_or_deleted(store: Store) -> None:
    groups, first, second = store.groups(ORG), a_group("Clients"), a_group("clients ", minute=1)
    groups.create(first)

    with pytest.raises(GroupNameTakenError) as refused:
        groups.create(second)
    groups.replace(replace(first, name="Prospects", version=2))
    groups.create(second)
    with pytest.raises(GroupNameTakenError):
        groups.replace(replace(first, name="CLIENTS", version=3))
    groups.delete(second.id)
    groups.replace(replace(first, name="CLIENTS", version=3))

    assert refused.value.params == {"name": "clients ", "group_id": first.id}
    assert groups.get(first.id).name == "CLIENTS"


def test_a_repeated_creation_is_answered_with_the_first_one(store: Store) -> None:
    groups = store.groups(ORG)
    first, again = a_group(), a_group(minute=1)
    key = replace(IDEMPOTENCY_KEY, facts={"at": NOW.isoformat()})

    groups.create(first, idempotency_key=key)
    repeated = groups.create(again, idempotency_key=key)

    assert (repeated.id, dict(repeated.facts)) == (first.id, {"at": NOW.isoformat()})
    assert len(groups.list_page(cursor=None, limit=10).items) == 1


def test_what_is_deleted_or_of_another_organization_is_not_found(store: Store) -> None:
    groups, group = store.groups(ORG), a_group()
    groups.create(group)
    others = store.groups(OTHER)

    with pytest.raises(NotFoundError, match="group_not_found"):
        others.get(group.id)
    assert others.find_many([group.id]) == []
    others.create(replace(group, id=GroupId(IDS.new_id(NOW))))
    groups.delete(group.id)
    for act in (groups.get, groups.delete):
        with pytest.raises(NotFoundError, match="group_not_found"):
            act(group.id)


def test_pages_go_from_the_newest_group_to_the_oldest(store: Store) -> None:
    groups = store.groups(ORG)
    made = [a_group(f"Liste {n}", minute=n) for n in range(5)]
    for group in made:
        groups.create(group)

    first = groups.list_page(cursor=None, limit=3)
    second = groups.list_page(cursor=first.next, limit=3)

    ids = [summary.id for summary in (*first.items, *second.items)]
    assert ids == [group.id for group in reversed(made)]
    assert second.next is None


@pytest.mark.feature("B34")
def test_the_campaigns_that_send_to_a_group_are_known(store: Store) -> None:
    group = a_group()
    campaigns = store.campaigns(ORG)
    campaign = a_campaign()
    campaign = replace(campaign, draft=replace(campaign.draft, groups=(group.id,)))
    campaigns.create(campaign)

    using = campaigns.using(group.id)
    read = campaigns.get(campaign.id)
    without = replace(campaign, draft=replace(campaign.draft, groups=()), version=2)
    campaigns.change(campaign, without)

    assert [one.id for one in using] == [campaign.id]
    assert read.draft.groups == (group.id,)
    assert campaigns.using(group.id) == []


def test_the_largest_group_fits_an_item_and_one_that_does_not_is_refused() -> None:
    letters = random.Random(1)  # noqa: S311 - the same at every run

    def text(alphabet: str, length: int) -> str:
        return "".join(letters.choices(alphabet, k=length))

    def group_of(name: str) -> Group:
        contacts = [
            Contact(f"{text('abcdefghijklmnopqrstuvwxyz0123456789', 40)}@x.example", name)
            for _ in range(1_000)
        ]
        return replace(a_group(), contacts=tuple(contacts))

    item = group_content_item(Keys(ORG), group_of(text("éàüßœ abc", 100)))

    assert size_of(item) < 400 * 1024
    everything = "".join(map(chr, range(0x4E00, 0x9000)))
    contacts = [
        Contact(f"{text('abcdefghijklmnopqrstuvwxyz0123456789', 60)}{n}@x.example", name)
        for n in range(1_000)
        if (name := text(everything, 200))
    ]
    vast = replace(a_group(), contacts=tuple(contacts))
    with pytest.raises(InputError) as refused:
        group_content_item(Keys(ORG), vast)
    assert [problem.code for problem in refused.value.problems] == ["group_too_large"]
