"""Addresses that the organization has written to, and what became of the mail to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from facteur.domain.group import Contact
from facteur.domain.identity import SendId
from facteur.domain.message import EventKey, MessageEvent, MessageState, Outcome, RecipientOutcome
from facteur.domain.search import Word, matches, normalised

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
        """Does this say more than what is stored?

        The same Send knows best what became of it; of two Sends, the later outcome counts. That all
        is well is only stored over something else.
        """
        if stored is None:
            return self.is_flagged
        if stored.send == self.send:
            return stored != self
        return self.at > stored.at and (self.is_flagged or stored.is_flagged)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRecipient:
    """A known recipient: ``standing`` is None as long as nothing has gone wrong, ``last_sent_at``
    the instant of the latest Send."""

    contact: Contact
    standing: AddressStanding | None
    last_sent_at: datetime | None


def standing_of(
    outcome: RecipientOutcome, state: MessageState, *, send: SendId, index: int
) -> AddressStanding | None:
    """What the outcome of a recipient, at ``index`` of an envelope, says of the address.

    None when it says nothing: only permanent bounces do, not a full mailbox.
    """
    found: AddressState | None = None
    keys = (EventKey(MessageEvent.HARD_BOUNCED, index), EventKey(MessageEvent.HARD_BOUNCED))
    if outcome.outcome is Outcome.DELIVERED:
        found = AddressState.OK
    elif outcome.outcome is Outcome.COMPLAINED:
        found = AddressState.COMPLAINED
    elif outcome.outcome is Outcome.BOUNCED and any(key in state.events for key in keys):
        is_listed = outcome.code == _SUPPRESSED
        found = AddressState.SUPPRESSED if is_listed else AddressState.BOUNCED
    if found is None or outcome.at is None:
        return None
    if found is AddressState.OK:
        return AddressStanding(state=found, at=outcome.at, send=send)
    return AddressStanding(
        state=found, at=outcome.at, send=send, code=outcome.code, detail=outcome.detail
    )


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
