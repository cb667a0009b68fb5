"""What a new document begins with: the next number, and known clients and suppliers.

Both are read from the latest documents, so that nothing is stored twice. A proposal examines one
page of the list of documents, whatever their number.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched, islice
from zoneinfo import ZoneInfo

from facteur.domain.content import DocumentType, party_of
from facteur.domain.content_parts import Party
from facteur.domain.document import DocumentSummary
from facteur.domain.identity import Caller, OrgId
from facteur.domain.numbering import following
from facteur.domain.search import Word, matches, normalised
from facteur.domain.settings import OrganizationSettings
from facteur.ports import Clock, DocumentFilter, Store
from facteur.services.people import settings_of

MAX_PARTIES = 10
"""Clients or suppliers in one answer."""
_LATEST = 50
"""Documents whose numbers are looked at."""
_EXAMINED = 500
"""Documents whose parties are looked at."""
_AT_ONCE, _BATCHES = 10, 5
"""Numbers of which it is looked up whether they are taken, and how often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeFields:
    """Proposes what a new document begins with."""

    store: Store
    clock: Clock

    def next_number(self, caller: Caller, document_type: DocumentType) -> str:
        """The free number after the last one of a type; empty when no number follows from it."""
        return next_number(self.store, self.clock, caller.organization, document_type)

    def parties(self, caller: Caller, document_type: DocumentType, typed: str) -> Sequence[Party]:
        """Clients of invoices or suppliers of orders, as their latest documents say, newest first.

        Each word of ``typed`` begins a word of the name, be it a letter long; names that begin with
        all of it come first.
        """
        if not document_type.rules.numbered:
            return []
        documents = self.store.documents(caller.organization)
        wanted = DocumentFilter(type=document_type)
        page = documents.list_page(wanted, cursor=None, limit=_EXAMINED)
        words = [Word(word, whole=False, keys=()) for word in normalised(typed).split()]
        latest: dict[str, DocumentSummary] = {}
        for summary in page.items:
            name = normalised(summary.party)
            if name and not summary.uploaded and matches(words, name):
                latest.setdefault(name, summary)
        start = normalised(typed)
        named = sorted(latest, key=lambda name: not name.startswith(start))[:MAX_PARTIES]
        found = documents.find_many([latest[name].id for name in named])
        parties = [party_of(document.content) for document in found]
        return [party for party in parties if party is not None]


def today_of(settings: OrganizationSettings, clock: Clock) -> dt.date:
    """Today where the organization is."""
    return clock.now().astimezone(ZoneInfo(settings.timezone)).date()


def next_number(
    store: Store, clock: Clock, organization: OrgId, document_type: DocumentType
) -> str:
    """The free number after the last one of a type; empty when no number follows from it."""
    documents = store.documents(organization)
    settings = settings_of(store.settings(organization))
    today = today_of(settings, clock)
    page = documents.list_page(DocumentFilter(type=document_type), cursor=None, limit=_LATEST)
    numbers = [(row.number, row.date) for row in page.items if row.number]
    candidates = islice(following(numbers, today), _AT_ONCE * _BATCHES)
    for batch in batched(candidates, _AT_ONCE, strict=False):
        taken = documents.taken_numbers(document_type, batch)
        if free := [number for number in batch if number not in taken]:
            return free[0]
    return ""
