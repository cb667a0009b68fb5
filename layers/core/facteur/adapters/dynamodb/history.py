"""Pages of the history. The cost of a page does not depend on the number of Sends."""

import heapq
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched

from facteur.adapters.dynamodb.attributes import Item, read_text
from facteur.adapters.dynamodb.cursor import Found, just_below, read_page
from facteur.adapters.dynamodb.keys import ALL_IDS, Keys, Partition, Span
from facteur.adapters.dynamodb.search_index import Search
from facteur.adapters.dynamodb.send_items import row_from
from facteur.adapters.dynamodb.table import READ_AT_ONCE, Table
from facteur.adapters.ids import lowest_ulid
from facteur.domain.content import DocumentType
from facteur.domain.identity import CampaignId, SendId
from facteur.domain.requests import SendFilter
from facteur.domain.resolution import Resolution
from facteur.domain.search import query_of
from facteur.domain.send import SendStatus
from facteur.domain.send_row import SendRow
from facteur.ports import Page

_OF_CAMPAIGN = 10
"""Rows of a campaign read at once."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DynamoHistory:
    """The part of the port ``Sends`` that lists.

    Without filters, reads are consistent, so that a person sees a Send right after making it.
    Filters and searches are eventually consistent: they read an index or the search index.
    """

    table: Table
    keys: Keys

    def list_page(self, wanted: SendFilter, *, cursor: str | None, limit: int) -> Page[SendRow]:
        at_once = min(limit + 1, READ_AT_ONCE)
        search = Search(wanted, query_of(wanted.q))
        partition = search.partition(self.keys)

        def found(span: Span, *, newest_first: bool) -> Found[SendRow]:
            if partition is None:
                return self._rows(wanted, span, newest_first=newest_first, at_once=at_once)
            items = self.table.query(partition, span, newest_first=newest_first, at_once=at_once)
            return self._of_postings(search, items, at_once=at_once)

        return read_page(found, cursor=cursor, limit=limit, span=_span(wanted))

    def of_campaign(self, campaign_id: CampaignId) -> Iterator[SendRow]:
        partition = self.keys.of_campaign(campaign_id)
        postings = self.table.query(partition, ALL_IDS, at_once=_OF_CAMPAIGN, consistent=True)
        for batch in batched(postings, _OF_CAMPAIGN, strict=False):
            keys = [self.keys.send_row(SendId(_id_in(posting))) for posting in batch]
            items = self.table.get_many(keys, consistent=True)
            for item in sorted(items, key=_id_in, reverse=True):
                try:
                    yield row_from(item)
                except ValueError:
                    _log.exception("row not readable", extra={"send": _id_in(item)})

    def _rows(
        self, wanted: SendFilter, span: Span, *, newest_first: bool, at_once: int
    ) -> Found[SendRow]:
        """The rows of a type, status and resolution: the sorted partitions, merged."""
        consistent = not _narrows(wanted)
        queries = [
            self.table.query(
                partition,
                span,
                newest_first=newest_first,
                at_once=at_once,
                consistent=consistent,
            )
            for partition in self._partitions(wanted)
        ]
        for item in heapq.merge(*queries, key=_id_in, reverse=newest_first):
            row = row_from(item)
            # Type, status and whether it is over hold already; any other filter is decided here.
            yield _id_in(item), row if wanted.accepts(row) else None

    def _partitions(self, wanted: SendFilter) -> list[Partition]:
        if not _narrows(wanted):
            return [self.keys.sends()]
        return [
            self.keys.by_filter(document_type, status, over=over)
            for document_type in ([wanted.type] if wanted.type else DocumentType)
            for status in ([wanted.status] if wanted.status else SendStatus)
            for over in _over(wanted, status)
        ]

    def _of_postings(
        self, search: Search, postings: Iterable[Item], *, at_once: int
    ) -> Found[SendRow]:
        """The rows of postings; a posting without a row was left by a crash and is ignored."""
        for batch in batched(postings, at_once, strict=False):
            keys = [
                self.keys.send_row(SendId(_id_in(posting)))
                for posting in batch
                if search.may_accept(posting)
            ]
            rows = {_id_in(item): row_from(item) for item in self.table.get_many(keys)}
            for posting in batch:
                row = rows.get(SendId(_id_in(posting)))
                yield _id_in(posting), row if row is not None and search.accepts(row) else None


def _narrows(wanted: SendFilter) -> bool:
    """Has it a filter that partitions of the index answer?"""
    return (wanted.type, wanted.status, wanted.resolution) != (None, None, None)


def _over(wanted: SendFilter, status: SendStatus) -> tuple[bool, ...]:
    """Whether the failures wanted of a status are over; both for all, neither for none."""
    if status is not SendStatus.FAILED:
        return (False,) if wanted.resolution is None else ()
    if wanted.resolution is None:
        return (False, True)
    return (wanted.resolution is not Resolution.OPEN,)


def _id_in(item: Item) -> str:
    return read_text(item, "sk")


def _span(wanted: SendFilter) -> Span:
    """The ids of Sends queued within the filter's bounds: a ULID begins with its instant."""
    low, high = ALL_IDS.low, ALL_IDS.high
    if wanted.since is not None:
        low = lowest_ulid(wanted.since)
    if wanted.before is not None:
        high = just_below(lowest_ulid(wanted.before))
    return Span(low, high)
