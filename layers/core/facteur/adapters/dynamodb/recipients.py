"""The addresses that one organization has written to, found by the words that they begin with.

An address has an item for each word of it and of its name, whose key goes on to the end: of
``compta@dupont-btp.example`` there are ``compta-dupont-btp-example``, ``dupont-btp-example`` and
``btp-example``, so that one query finds what begins with any text, however long. The item of the
whole address says that it is known; it is written last. When the latest Send was is not stored: the
search index has a posting for each recipient of each Send.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import (
    Item,
    instant_from,
    instant_text,
    read_text,
    text,
)
from facteur.adapters.dynamodb.expression import Expression, Put
from facteur.adapters.dynamodb.keys import ALL_IDS, Keys, Span
from facteur.adapters.dynamodb.table import Table
from facteur.adapters.ids import instant_of
from facteur.domain.group import Contact
from facteur.domain.identity import SendId
from facteur.domain.known_recipient import AddressStanding, AddressState, fits, typed_words
from facteur.domain.search import normalised, parts_of

MOST_EXAMINED = 200
"""Items that a search examines: when more begin with what is typed, one letter more helps."""
MOST_WORDS = 8
"""Items of an address, at most."""
_MAX_WORD = 100
"""Characters of a word that go into a key."""


def words_of(contact: Contact) -> list[str]:
    """The words under which an address is found, that of the whole address first.

    The last part of the domain is none: it would find everybody.
    """
    address, name = normalised(contact.address), normalised(contact.name)
    parts, named = parts_of(address), name.split()
    ends = ["-".join(parts[n:]) for n in range(len(parts) - 1)]
    ends += [" ".join(named[n:]) for n in range(len(named))]
    words = [address, *(word for word in ends if len(parts_of(word)[0]) > 1)]
    return list(dict.fromkeys(word[:_MAX_WORD] for word in words))[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class DynamoRecipients:
    """The port ``Recipients``."""

    table: Table
    keys: Keys

    def remember(self, contacts: Collection[Contact]) -> None:
        known = self.find_contacts([contact.address for contact in contacts])
        new = [contact for contact in contacts if _adds_to(known, contact)]
        items = [
            self.keys.known_word(word, contact.address.casefold()) | _fields(contact)
            for contact in new
            for word in words_of(contact)[1:]
        ]
        self.table.put_many(items)
        # Last: what has this item is known, and is not written again.
        self.table.put_many([self._whole(one.address) | _fields(one) for one in new])

    def find_contacts(self, addresses: Collection[str]) -> Mapping[str, Contact]:
        keys = [self._whole(one) for one in {address.casefold() for address in addresses}]
        found = [_contact(item) for item in self.table.get_many(keys)]
        return {contact.address.casefold(): contact for contact in found}

    def matching(self, typed: str) -> Sequence[Contact]:
        words = typed_words(typed)
        if not words:
            return []
        longest = max((word.text for word in words), key=len)[:_MAX_WORD]
        partition = self.keys.known(longest[:1])
        span = Span(longest, longest + "\U0010ffff")
        items = self.table.query(partition, span, newest_first=False, at_once=MOST_EXAMINED)
        contacts = [_contact(item) for item, _ in zip(items, range(MOST_EXAMINED), strict=False)]
        found = {
            contact.address.casefold(): contact for contact in contacts if fits(contact, words)
        }
        return list(found.values())

    def find_standings(self, addresses: Collection[str]) -> Mapping[str, AddressStanding]:
        keys = [self.keys.standing(one) for one in {address.casefold() for address in addresses}]
        items = self.table.get_many(keys)
        return {read_text(item, "address"): _standing(item) for item in items}

    def record(self, address: str, standing: AddressStanding) -> None:
        key = self.keys.standing(address)
        while True:
            item = self.table.get(key)
            if not standing.replaces(_standing(item) if item is not None else None):
                return
            unchanged = Expression()
            if item is None:
                condition = unchanged.absent("pk")
            else:
                same = [unchanged.compare(name, "=", item[name]) for name in ("at", "state")]
                condition = " AND ".join(same)
            put = Put(
                item=key | {"address": text(address.casefold())} | _standing_fields(standing),
                condition=condition,
                expression=unchanged,
            )
            if self.table.write(put) is None:
                return

    def find_last_sends(self, addresses: Collection[str]) -> Mapping[str, dt.datetime]:
        latest: dict[str, dt.datetime] = {}
        for address in {one.casefold() for one in addresses}:
            postings = self.table.query(self.keys.of_recipient(address), ALL_IDS, at_once=1)
            if (posting := next(postings, None)) is not None:
                latest[address] = instant_of(read_text(posting, "sk"))
        return latest

    def _whole(self, address: str) -> Item:
        """The key of the item of a whole address."""
        address = address.casefold()
        return self.keys.known_word(normalised(address)[:_MAX_WORD], address)


def _adds_to(known: Mapping[str, Contact], contact: Contact) -> bool:
    stored = known.get(contact.address.casefold())
    return stored is None or contact.name not in ("", stored.name)


def _fields(contact: Contact) -> Item:
    fields: Item = {"address": text(contact.address)}
    return fields | ({"name": text(contact.name)} if contact.name else {})


def _contact(item: Item) -> Contact:
    return Contact(read_text(item, "address"), read_text(item, "name"))


def _standing_fields(standing: AddressStanding) -> Item:
    fields: Iterable[tuple[str, str]] = (
        ("state", standing.state),
        ("at", instant_text(standing.at)),
        ("send", standing.send),
        ("code", standing.code),
        ("detail", standing.detail),
    )
    return {name: text(value) for name, value in fields if value}


def _standing(item: Item) -> AddressStanding:
    return AddressStanding(
        state=AddressState(read_text(item, "state")),
        at=instant_from(read_text(item, "at")),
        send=SendId(read_text(item, "send")),
        code=read_text(item, "code"),
        detail=read_text(item, "detail"),
    )
