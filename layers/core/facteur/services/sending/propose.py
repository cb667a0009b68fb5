"""Proposes addresses while somebody types one: those that were written to before."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from facteur.domain.address import Role
from facteur.domain.forgetting import is_forgotten
from facteur.domain.group import Contact
from facteur.domain.identity import Caller
from facteur.domain.known_recipient import (
    MAX_PROPOSED,
    ProposedRecipient,
    begins_with,
    fits,
    typed_words,
)
from facteur.domain.requests import SendFilter
from facteur.domain.send_row import SendRow
from facteur.ports import Store

LATEST_SENDS = 50
"""Sends whose recipients are looked at: what is used now comes first, whatever is stored."""
MOST_COMPARED = 20
"""Addresses of which the latest Send is looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRecipients:
    """Finds known recipients. What a search reads is bounded, whatever the organization stores."""

    store: Store

    def propose(self, caller: Caller, typed: str) -> Sequence[ProposedRecipient]:
        """At most MAX_PROPOSED: what begins with ``typed`` first, then what was sent to latest.

        Without words, those that were sent to latest.
        """
        repository = self.store.recipients(caller.organization)
        words = typed_words(typed)
        page = self.store.sends(caller.organization).list_page(
            SendFilter.model_construct(), cursor=None, limit=LATEST_SENDS
        )
        recent = _recipients_of(page.items)
        found = {contact.address.casefold(): contact for contact in repository.matching(typed)}
        unknown = [address for address in recent if address.casefold() not in found]
        known = repository.find_contacts(unknown[: None if words else MOST_COMPARED])
        for address in unknown:
            contact = known.get(address.casefold(), Contact(address))
            if fits(contact, words):
                found[address.casefold()] = contact

        def rank(address: str, last_sent: Mapping[str, dt.datetime]) -> tuple[bool, float, str]:
            at = last_sent.get(address)
            latest_first = -at.timestamp() if at is not None else 0
            return not begins_with(found[address], typed), latest_first, address

        last_sent = {address.casefold(): at for address, at in recent.items()}
        compared = sorted(found, key=lambda address: rank(address, last_sent))[:MOST_COMPARED]
        older = [address for address in compared if address not in last_sent]
        last_sent |= repository.find_last_sends(older)
        chosen = sorted(compared, key=lambda address: rank(address, last_sent))[:MAX_PROPOSED]
        standings = repository.find_standings(chosen)
        return [
            ProposedRecipient(
                contact=found[address],
                standing=standings.get(address),
                last_sent_at=last_sent.get(address),
            )
            for address in chosen
        ]


def _recipients_of(rows: Iterable[SendRow]) -> dict[str, dt.datetime]:
    """The recipients that rows show, each with its latest Send; rows are newest first."""
    recent: dict[str, dt.datetime] = {}
    seen: set[str] = set()
    for row in rows:
        for recipient in row.progress.recipients:
            key = recipient.address.casefold()
            if recipient.role is Role.COPY or key in seen or is_forgotten(recipient.address):
                continue
            seen.add(key)
            recent[recipient.address] = row.queued_at
    return recent
