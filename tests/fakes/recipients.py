"""Fakes of the groups and the known recipients of one organization."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from facteur.domain.errors import ConflictError, GroupNameTakenError, NotFoundError
from facteur.domain.group import Contact, Group, GroupSummary, name_key, summary_of
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import GroupId
from facteur.domain.known_recipient import AddressStanding, fits, typed_words
from facteur.domain.send import Origin
from facteur.ports import Creation, Page
from tests.fakes.data import (
    Organization,
    Writes,
    ensure_readable,
    find_creation,
    page,
    put_record,
)


@dataclass
class FakeGroups:
    store: Writes
    data: Organization

    def create(self, group: Group, *, idempotency_key: IdempotencyKey | None = None) -> Creation:
        self.store.on_write("create_group")
        if (first := find_creation(self.data, idempotency_key, group.id)) is not None:
            return first
        self._check_name(group)
        put_record(self.data, idempotency_key, group.id)
        self.data.groups[group.id] = group
        return Creation(
            group.id, created=True, facts=idempotency_key.facts if idempotency_key else {}
        )

    def get(self, group_id: GroupId) -> Group:
        if group_id not in self.data.groups:
            raise NotFoundError("group_not_found")
        return self.data.groups[group_id]

    def find_many(self, group_ids: Sequence[GroupId]) -> Sequence[Group]:
        for group_id in group_ids:
            ensure_readable(self.store, group_id)
        return [self.data.groups[one] for one in group_ids if one in self.data.groups]

    def replace(self, group: Group) -> None:
        self.store.on_write("replace_group")
        stored = self.get(group.id)
        if stored.version != group.version - 1:
            raise ConflictError("version_conflict", version=stored.version)
        self._check_name(group)
        self.data.groups[group.id] = group

    def delete(self, group_id: GroupId) -> None:
        self.get(group_id)
        self.store.on_write("delete_group")
        del self.data.groups[group_id]

    def list_page(self, *, cursor: str | None, limit: int) -> Page[GroupSummary]:
        groups = sorted(self.data.groups.values(), key=lambda group: group.id, reverse=True)
        return page([summary_of(group) for group in groups], cursor, limit)

    def _check_name(self, group: Group) -> None:
        for other in self.data.groups.values():
            if other.id != group.id and name_key(other.name) == name_key(group.name):
                raise GroupNameTakenError(name=group.name, group_id=other.id)


@dataclass
class FakeRecipients:
    store: Writes
    data: Organization

    def remember(self, contacts: Collection[Contact]) -> None:
        stored = self.data.contacts
        new = [one for one in contacts if _adds_to(stored, one)]
        if new:
            self.store.on_write("remember")
            stored.update({contact.address.casefold(): contact for contact in new})

    def find_contacts(self, addresses: Collection[str]) -> Mapping[str, Contact]:
        return _found(self.data.contacts, addresses)

    def matching(self, typed: str) -> Sequence[Contact]:
        words = typed_words(typed)
        contacts = sorted(self.data.contacts.items())
        return [contact for _, contact in contacts if words and fits(contact, words)]

    def find_standings(self, addresses: Collection[str]) -> Mapping[str, AddressStanding]:
        return _found(self.data.standings, addresses)

    def record(self, address: str, standing: AddressStanding) -> None:
        if standing.replaces(self.data.standings.get(address.casefold())):
            self.store.on_write("record_standing")
            self.data.standings[address.casefold()] = standing

    def find_last_sends(self, addresses: Collection[str]) -> Mapping[str, dt.datetime]:
        latest = {
            recipient.address.casefold(): send.queued_at
            for send in sorted(self.data.sends.values(), key=lambda send: send.id)
            for recipient in send.recipients
            if send.origin is not Origin.NOTICE
        }
        return _found(latest, addresses)


def _adds_to(stored: Mapping[str, Contact], contact: Contact) -> bool:
    known = stored.get(contact.address.casefold())
    return known is None or contact.name not in ("", known.name)


def _found[T](stored: Mapping[str, T], addresses: Collection[str]) -> dict[str, T]:
    keys = {address.casefold() for address in addresses}
    return {key: value for key, value in stored.items() if key in keys}
