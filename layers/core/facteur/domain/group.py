"""Groups of recipients («Listes de diffusion»): named lists of addresses, edited in one place."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from facteur.domain.address import (
    MAX_ADDRESSES,
    MAX_TYPED_ADDRESSES,
    Recipient,
    Role,
    parse_address,
)
from facteur.domain.errors import Problem
from facteur.domain.headers import check_header
from facteur.domain.identity import GroupId

MAX_GROUPS = 20
"""Groups that a send or a campaign may name."""
MAX_TYPED_GROUPS = 10 * MAX_GROUPS
"""Entries in a list of groups, repetitions included."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An address with the name of whom it belongs to, which may be empty."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group; no address is in it twice. ``version`` counts edits."""

    id: GroupId
    name: str
    contacts: tuple[Contact, ...]
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSummary:
    """A group as the list shows it: the number of its addresses instead of them."""

    id: GroupId
    name: str
    count: int
    version: int
    created_at: datetime
    updated_at: datetime


def summary_of(group: Group) -> GroupSummary:
    """The summary of a group."""
    return GroupSummary(
        id=group.id,
        name=group.name,
        count=len(group.contacts),
        version=group.version,
        created_at=group.created_at,
        updated_at=group.updated_at,
    )


def name_key(name: str) -> str:
    """What two names of groups must not share: case, spaces and composition do not count."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def check_group(name: str, typed: Sequence[Contact]) -> tuple[tuple[Contact, ...], list[Problem]]:
    """The contacts of a group as typed, and everything that is wrong with it.

    Of an address that is typed twice, the first is kept.
    """
    problems = [Problem("name", "required")] if not name else check_header(name, field="name")
    if not typed:
        problems.append(Problem("addresses", "required"))
    if len(typed) > MAX_TYPED_ADDRESSES:
        return (), [*problems, _too_many(len(typed), "addresses")]
    contacts: dict[str, Contact] = {}
    for n, one in enumerate(typed):
        address, wrong = parse_address(one.address, field=f"addresses.{n}.address")
        problems += wrong
        if address is not None:
            contacts.setdefault(address.casefold(), replace(one, address=address))
    if len(contacts) > MAX_ADDRESSES:
        problems.append(_too_many(len(contacts), "addresses"))
    return tuple(contacts.values()), problems


def with_groups(
    recipients: Sequence[Recipient], groups: Iterable[Group], *, role: Role
) -> tuple[Recipient, ...]:
    """The recipients, then those of the groups in ``role`` who are not among them already."""
    found = {recipient.address.casefold(): recipient for recipient in recipients}
    for group in groups:
        for contact in group.contacts:
            found.setdefault(contact.address.casefold(), Recipient(contact.address, role))
    return tuple(found.values())


def check_count(recipients: Sequence[Recipient], *, field: str) -> list[Problem]:
    """Problem ``too_many_addresses`` of ``field`` when a Send cannot have so many recipients."""
    return [_too_many(len(recipients), field)] if len(recipients) > MAX_ADDRESSES else []


def _too_many(count: int, field: str) -> Problem:
    return Problem(field, "too_many_addresses", {"count": count, "max_length": MAX_ADDRESSES})
