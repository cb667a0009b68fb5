"""A fake of the documents of one organization."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from facteur.domain.content import DocumentStatus, DocumentType
from facteur.domain.document import Document, DocumentSummary, summary_of
from facteur.domain.errors import ConflictError, NotFoundError, NumberTakenError
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import DocumentId
from facteur.ports import Creation, DocumentFilter, Page
from tests.fakes.data import (
    Organization,
    Writes,
    ensure_readable,
    find_creation,
    page,
    put_record,
    says,
)


@dataclass
class FakeDocuments:
    store: Writes
    data: Organization

    def create(
        self, document: Document, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        self.store.on_write("create_document")
        if (first := find_creation(self.data, idempotency_key, document.id)) is not None:
            return first
        self._check_number(document)
        put_record(self.data, idempotency_key, document.id)
        self.data.documents[document.id] = document
        return Creation(document.id, created=True)

    def _check_number(self, document: Document) -> None:
        if document.type is DocumentType.STAFF_LIST:
            return
        number = document.content.number
        for other in self.data.documents.values():
            if (
                other.id != document.id
                and other.type is document.type
                and other.content.number.casefold() == number.casefold()
            ):
                raise NumberTakenError(number=number, document_id=other.id, name=other.content.name)

    def get(self, document_id: DocumentId) -> Document:
        ensure_readable(self.store, document_id)
        if document_id not in self.data.documents:
            raise NotFoundError("document_not_found")
        return self.data.documents[document_id]

    def find_many(self, document_ids: Sequence[DocumentId]) -> list[Document]:
        found = self.data.documents
        return [found[document_id] for document_id in document_ids if document_id in found]

    def find_summaries(self, document_ids: Collection[DocumentId]) -> list[DocumentSummary]:
        return [summary_of(document) for document in self.find_many(list(document_ids))]

    def taken_numbers(
        self, document_type: DocumentType, numbers: Collection[str]
    ) -> frozenset[str]:
        if document_type is DocumentType.STAFF_LIST:
            return frozenset()
        taken = {
            document.content.number.casefold()
            for document in self.data.documents.values()
            if document.type is document_type
        }
        return frozenset(number for number in numbers if number.casefold() in taken)

    def replace(self, document: Document) -> None:
        self.store.on_write("replace_document")
        stored = self.get(document.id)
        if stored.version != document.version - 1:
            raise ConflictError("version_conflict", version=stored.version)
        self._check_number(document)
        self.data.documents[document.id] = replace(document, status=stored.status)

    def set_status(
        self, document_id: DocumentId, status: DocumentStatus, *, only_from: DocumentStatus
    ) -> bool:
        self.store.on_write("set_status")
        document = self.data.documents.get(document_id)
        if document is None or document.status is not only_from:
            return False
        self.data.documents[document_id] = replace(document, status=status)
        return True

    def delete(self, document_id: DocumentId) -> None:
        self.get(document_id)
        self.store.on_write("delete_document")
        del self.data.documents[document_id]

    def list_page(
        self, wanted: DocumentFilter, *, cursor: str | None, limit: int
    ) -> Page[DocumentSummary]:
        summaries = [
            summary_of(document)
            for document in self.data.documents.values()
            if wanted.type in (None, document.type) and wanted.status in (None, document.status)
            if says(wanted.q, _words(document))
        ]
        return page(sorted(summaries, key=lambda item: item.id, reverse=True), cursor, limit)


def _words(document: Document) -> list[str]:
    summary = summary_of(document)
    return [summary.number, summary.name, summary.party]
