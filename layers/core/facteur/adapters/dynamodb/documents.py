"""The documents of one organization: summary, content and number change in one transaction."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import Item, number, read_text, text
from facteur.adapters.dynamodb.cursor import Found, read_page
from facteur.adapters.dynamodb.document_items import (
    content_item,
    document_from,
    is_content,
    summary_fields,
    summary_from,
    summary_item,
)
from facteur.adapters.dynamodb.expression import Delete, Expression, Put, Update, Write, put_new
from facteur.adapters.dynamodb.idempotency import DynamoIdempotency
from facteur.adapters.dynamodb.keys import Keys, Span, document_id_in, document_sk
from facteur.adapters.dynamodb.table import READ_AT_ONCE, Table
from facteur.domain.content import DocumentStatus, DocumentType
from facteur.domain.document import Document, DocumentSummary, summary_of
from facteur.domain.errors import ConflictError, NotFoundError, NumberTakenError
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import DocumentId
from facteur.domain.search import Word, matches, normalised, query_of
from facteur.ports import Creation, DocumentFilter, Page


@dataclass(frozen=True, slots=True)
class DynamoDocuments:
    """The port ``Documents``. Every read but ``find_summaries`` is consistent."""

    table: Table
    keys: Keys
    idempotency: DynamoIdempotency

    def create(
        self, document: Document, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        writes: list[Write] = [
            put_new(summary_item(self.keys, document)),
            put_new(content_item(self.keys, document)),
            *self._taking_number(document),
        ]
        return self.idempotency.create(
            writes,
            document.id,
            idempotency_key=idempotency_key,
            explain=lambda _: self._check_number(document),
        )

    def get(self, document_id: DocumentId) -> Document:
        items = self.table.get_many(
            [self.keys.document(document_id), self.keys.document_content(document_id)],
            consistent=True,
        )
        summary, content = sorted(items, key=is_content) if len(items) == 2 else (None, None)
        if summary is None or content is None:
            raise NotFoundError("document_not_found")
        return document_from(summary, content)

    def find_many(self, document_ids: Sequence[DocumentId]) -> list[Document]:
        keys = [
            key
            for one in document_ids
            for key in (self.keys.document(one), self.keys.document_content(one))
        ]
        items = self.table.get_many(keys, consistent=True)
        contents = {item["pk"]["S"]: item for item in items if is_content(item)}
        summaries = {document_id_in(item): item for item in items if not is_content(item)}
        return [
            document_from(summaries[one], contents[pk])
            for one in document_ids
            if one in summaries and (pk := self.keys.document_content(one)["pk"]["S"]) in contents
        ]

    def find_summaries(self, document_ids: Collection[DocumentId]) -> list[DocumentSummary]:
        keys = [self.keys.document(one) for one in document_ids]
        return [summary_from(item) for item in self.table.get_many(keys)]

    def taken_numbers(
        self, document_type: DocumentType, numbers: Collection[str]
    ) -> frozenset[str]:
        if not document_type.rules.numbered:
            return frozenset()
        keys = {number: self.keys.number(document_type, number) for number in numbers}
        taken = {
            item["pk"]["S"] for item in self.table.get_many(list(keys.values()), consistent=True)
        }
        return frozenset(number for number, key in keys.items() if key["pk"]["S"] in taken)

    def replace(self, document: Document) -> None:
        while True:
            stored = self._summary(document.id)
            if stored.version != document.version - 1:
                raise ConflictError("version_conflict", version=stored.version)
            unchanged = Expression()
            summary = Update(
                key=self.keys.document(document.id),
                changes=unchanged.set_all(summary_fields(document)),
                condition=unchanged.compare("version", "=", number(stored.version)),
                expression=unchanged,
            )
            content = Put(item=content_item(self.keys, document))
            if not self.table.transact([summary, content, *self._moving_number(stored, document)]):
                return
            self._check_number(document)

    def set_status(
        self, document_id: DocumentId, status: DocumentStatus, *, only_from: DocumentStatus
    ) -> bool:
        expression = Expression()
        change = Update(
            key=self.keys.document(document_id),
            changes=expression.set_all({"status": text(status)}),
            condition=expression.compare("status", "=", text(only_from)),
            expression=expression,
        )
        return self.table.write(change) is None

    def delete(self, document_id: DocumentId) -> None:
        while True:
            stored = self._summary(document_id)
            unchanged = Expression()
            writes: list[Write] = [
                Delete(
                    key=self.keys.document(document_id),
                    condition=unchanged.compare("version", "=", number(stored.version)),
                    expression=unchanged,
                ),
                Delete(key=self.keys.document_content(document_id)),
            ]
            if not self.table.transact([*writes, *self._freeing_number(stored)]):
                return

    def list_page(
        self, wanted: DocumentFilter, *, cursor: str | None, limit: int
    ) -> Page[DocumentSummary]:
        words = query_of(wanted.q)
        filters = bool(wanted.type or wanted.status or words)
        at_once = READ_AT_ONCE if filters else limit + 1

        def found(span: Span, *, newest_first: bool) -> Found[DocumentSummary]:
            for item in self._items(span, newest_first=newest_first, at_once=at_once):
                summary = summary_from(item)
                yield summary.id, summary if _accepts(wanted, words, summary) else None

        return read_page(found, cursor=cursor, limit=limit)

    def _items(
        self,
        span: Span,
        *,
        newest_first: bool,
        at_once: int,
    ) -> Iterator[Item]:
        summaries = Span(document_sk(span.low), document_sk(span.high))
        return self.table.query(
            self.keys.documents(),
            summaries,
            newest_first=newest_first,
            at_once=at_once,
            consistent=True,
        )

    def _summary(self, document_id: DocumentId) -> DocumentSummary:
        item = self.table.get(self.keys.document(document_id))
        if item is None:
            raise NotFoundError("document_not_found")
        return summary_from(item)

    def _number(self, document: DocumentSummary) -> Item | None:
        """The key of the item that makes a document's number unique; staff lists have none."""
        if not document.type.rules.numbered:
            return None
        return self.keys.number(document.type, document.number)

    def _taking_number(self, document: Document) -> list[Write]:
        key = self._number(summary_of(document))
        return [put_new(key | {"document_id": text(document.id)})] if key else []

    def _freeing_number(self, document: DocumentSummary) -> list[Write]:
        key = self._number(document)
        if key is None:
            return []
        ours = Expression()
        is_ours = ours.compare("document_id", "=", text(document.id))
        condition = f"{ours.absent('pk')} OR {is_ours}"
        return [Delete(key=key, condition=condition, expression=ours)]

    def _moving_number(self, stored: DocumentSummary, document: Document) -> list[Write]:
        if self._number(stored) == self._number(summary_of(document)):
            return []
        return [*self._freeing_number(stored), *self._taking_number(document)]

    def _check_number(self, document: Document) -> None:
        key = self._number(summary_of(document))
        record = self.table.get(key) if key is not None else None
        if record is not None and (other := read_text(record, "document_id")) != document.id:
            item = self.table.get(self.keys.document(DocumentId(other)))
            raise NumberTakenError(
                number=document.content.number,
                document_id=other,
                name=summary_from(item).name if item is not None else "",
            )


def _accepts(wanted: DocumentFilter, words: Sequence[Word], summary: DocumentSummary) -> bool:
    return (
        wanted.type in (None, summary.type)
        and wanted.status in (None, summary.status)
        and matches(words, normalised(f"{summary.number} {summary.name} {summary.party}"))
    )
