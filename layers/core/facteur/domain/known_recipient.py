"""Addresses that the organization has written to, and what became of the mail to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from facteur.domain.content import Content, StaffList, party_of
from facteur.domain.forgetting import is_forgotten
from facteur.domain.group import Contact, Group
from facteur.domain.identity import SendId
from facteur.domain.message import MessageEvent, detail_of
from facteur.domain.search import Word, matches, normalised
from facteur.domain.send import Origin, Send

MAX_PROPOSED = 10
"""Known recipients in one answer."""
_SUPPRESSED = "suppressed"
"""The code of a bounce that the mail service made itself, of an address on its list."""


class AddressState(StrEnum):
    """What is to be expected of an address, by the last thing that is known of mail to it."""

    OK = "ok"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressStanding:
    """A state, since when, by which Send, and the code and raw text that were reported with it."""

    state: AddressState
    at: datetime
    send: SendId
    code: str = ""
    detail: str = ""

    @property
    def is_flagged(self) -> bool:
        """Is a person warned before they write to the address again?"""
        return self.state is not AddressState.OK

    def replaces(self, stored: "AddressStanding | None") -> bool:
        """Does this say more than what is stored? The later outcome counts, whatever came first.

        A delivery is only stored over something that went wrong.
        """
        is_notable = self.is_flagged or self._withdraws
        if stored is None:
            return is_notable
        return (is_notable or stored.is_flagged) and self._order > stored._order

    @property
    def _withdraws(self) -> bool:
        """Is this the withdrawal of a complaint? It may be reported before that complaint."""
        return self.code == MessageEvent.NOT_SPAM

    @property
    def _order(self) -> tuple[datetime, int, str, str, str, str]:
        """At the same instant, what went wrong counts, unless it is withdrawn."""
        rank = 2 if self._withdraws else int(self.is_flagged)
        return (self.at, rank, self.state, self.send, self.code, self.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRecipient:
    """A known recipient: ``standing`` is None as long as nothing has gone wrong, ``last_sent_at``
    the instant of the latest Send."""

    contact: Contact
    standing: AddressStanding | None
    last_sent_at: datetime | None


_STATES = {
    MessageEvent.DELIVERED: AddressState.OK,
    MessageEvent.NOT_SPAM: AddressState.OK,
    MessageEvent.HARD_BOUNCED: AddressState.BOUNCED,
    MessageEvent.COMPLAINED: AddressState.COMPLAINED,
}
"""What an event says of an address; others say nothing: a full mailbox is no reason to warn."""


def standing_of(
    event: MessageEvent, *, at: datetime, send: SendId, code: str = "", detail: str = ""
) -> AddressStanding | None:
    """What an event about a recipient of a Send says of the address, if it says anything."""
    state = _STATES.get(event)
    if state is None:
        return None
    if state is AddressState.OK:
        why = event.value if event is MessageEvent.NOT_SPAM else ""
        return AddressStanding(state=state, at=at, send=send, code=why)
    if code == _SUPPRESSED:
        state = AddressState.SUPPRESSED
    return AddressStanding(state=state, at=at, send=send, code=code, detail=detail_of(detail))


def typed_words(typed: str) -> list[Word]:
    """The words to look for, each of which may begin a word with a single letter."""
    return [Word(word, whole=False, keys=()) for word in normalised(typed).split()]


def fits(contact: Contact, words: Iterable[Word]) -> bool:
    """Does each typed word begin a word of the address or of the name?"""
    return matches(words, normalised(f"{contact.address} {contact.name}"))


def begins_with(contact: Contact, typed: str) -> bool:
    """Does the address or the name begin with what is typed? Such a match is the best."""
    start = normalised(typed)
    return any(normalised(text).startswith(start) for text in (contact.address, contact.name))


def names_of(groups: Iterable[Group], contents: Iterable[Content]) -> Mapping[str, str]:
    """What groups and documents call those whom they name, by their addresses in lower case."""
    contacts = [contact for group in groups for contact in group.contacts]
    for content in contents:
        if (party := party_of(content)) is not None:
            contacts.append(Contact(party.email, party.name))
        if isinstance(content, StaffList):
            people = content.entries
            contacts += [Contact(one.email, f"{one.first_name} {one.last_name}") for one in people]
    names: dict[str, str] = {}
    for contact in contacts:
        if contact.address and contact.name:
            names.setdefault(contact.address.strip().casefold(), contact.name.strip())
    return names


def contacts_of(send: Send, names: Mapping[str, str]) -> list[Contact]:
    """Those whom a Send writes to, as they are remembered; nobody for tests and notices."""
    if send.failure is not None or send.origin in (Origin.TEST, Origin.NOTICE):
        return []
    return [
        Contact(recipient.address, names.get(recipient.address.casefold(), ""))
        for recipient in send.recipients
        if not is_forgotten(recipient.address)
    ]
