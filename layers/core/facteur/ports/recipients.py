"""Storage of groups of recipients, and of the addresses that were written to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from facteur.domain.group import Contact, Group, GroupSummary
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import GroupId
from facteur.domain.known_recipient import AddressStanding
from facteur.ports.results import Creation, Page


class Groups(Protocol):
    """The groups of recipients of one organization."""

    def create(self, group: Group, *, idempotency_key: IdempotencyKey | None = None) -> Creation:
        """Store a new group, its name and its idempotency record in one transaction.

        Raises GroupNameTakenError.
        """

    def get(self, group_id: GroupId) -> Group:
        """The group, read consistently. Raises NotFoundError ``group_not_found``."""

    def find_many(self, group_ids: Sequence[GroupId]) -> Sequence[Group]:
        """Those groups that exist, in this order, read consistently."""

    def replace(self, group: Group) -> None:
        """Store an edit whose ``version`` is one more than the stored one.

        Raises NotFoundError, GroupNameTakenError, or ConflictError ``version_conflict``.
        """

    def delete(self, group_id: GroupId) -> None:
        """Delete a group and free its name. Raises NotFoundError."""

    def list_page(self, *, cursor: str | None, limit: int) -> Page[GroupSummary]:
        """Newest first. Raises InputError ``cursor_invalid`` on field ``cursor``."""


class Recipients(Protocol):
    """The addresses that one organization has written to.

    Case is as in the rest of the domain: what differs in it alone is one address. The results are
    by address in lower case.
    """

    def remember(self, contacts: Collection[Contact]) -> None:
        """Add the addresses that are not known yet, and the names that are new.

        Reads first: what is known already costs no write.
        """

    def find_contacts(self, addresses: Collection[str]) -> Mapping[str, Contact]:
        """Those that are known, with their names."""

    def matching(self, typed: str) -> Sequence[Contact]:
        """Known recipients of whose address or name each typed word begins a word; none for none.

        Bounded: when more match than are examined, those that come first in the alphabet.
        """

    def find_standings(self, addresses: Collection[str]) -> Mapping[str, AddressStanding]:
        """The standings that are stored."""

    def record(self, address: str, standing: AddressStanding) -> None:
        """Store the standing of an address if it ``replaces`` the stored one."""

    def find_last_sends(self, addresses: Collection[str]) -> Mapping[str, datetime]:
        """When the latest Send to each address was made."""
