"""Forgets a person in documents: their line of a staff list, the e-mail address of a client."""

from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from facteur.domain.attempts import retry_when_outrun
from facteur.domain.content import Content, DocumentStatus, DocumentType, TaggedContent
from facteur.domain.document import Document
from facteur.domain.errors import ConflictError, NotFoundError
from facteur.domain.forgetting import content_without
from facteur.domain.identity import DocumentId, OrgId
from facteur.ports import Clock, Store
from scripts.forgetting.report import Report
from scripts.forgetting.search import Wanted

_CONTENT: TypeAdapter[Content] = TypeAdapter(TaggedContent)
_INVALID = "could not be written without the person: edit it or delete it"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetInDocuments:
    """Changes documents as people do, with their version."""

    store: Store
    clock: Clock

    def erase(
        self, organization: OrgId, document_id: DocumentId, wanted: Wanted, report: Report
    ) -> None:
        """Remove the person from a document; of a record, only the party's e-mail address."""

        def attempt() -> bool | None:
            documents = self.store.documents(organization)
            try:
                document = documents.get(document_id)
            except NotFoundError:
                return True
            without = self._without(organization, document, wanted, report)
            if without == document:
                return True
            try:
                documents.replace(without)
            except ConflictError:
                return None
            report.say(organization, "document", document_id, "person erased")
            return True

        retry_when_outrun(attempt, code="document_contended")

    def _without(
        self, organization: OrgId, document: Document, wanted: Wanted, report: Report
    ) -> Document:
        content = document.content.model_dump(mode="json")
        redaction = wanted.redaction(organization)
        without = content_without(content, redaction, is_record=is_record(document))
        if without == content:
            return document
        try:
            checked = _CONTENT.validate_python(without)
        except ValidationError:
            report.ask(organization, "document", document.id, _INVALID)
            return document
        version = document.version + 1
        now = self.clock.now()
        return replace(document, content=checked, version=version, updated_at=now)


def is_record(document: Document) -> bool:
    """Is it an accounting record: an invoice or order that was sent?"""
    is_accounted = document.type is not DocumentType.STAFF_LIST
    return is_accounted and document.status is DocumentStatus.SENT
