"""Finds the documents of a request, and checks their number, types and status."""

from collections.abc import Collection, Iterable, Sequence

from facteur.domain.document import Document
from facteur.domain.errors import ConflictError, NotFoundError, Problem
from facteur.domain.identity import DocumentId, is_id
from facteur.domain.send import MAX_DOCUMENTS
from facteur.ports import Documents


def choose_documents(
    documents: Documents, ids: Collection[str]
) -> tuple[list[Document], list[Problem]]:
    """The documents with these ids, without duplicates, and every problem of the choice."""
    ids = list(dict.fromkeys(ids))
    if not ids:
        return [], [Problem("document_ids", "required")]
    if len(ids) > MAX_DOCUMENTS:
        return [], [Problem("document_ids", "too_many", {"max_length": MAX_DOCUMENTS})]
    found: list[Document] = []
    problems: list[Problem] = []
    for document_id in ids:
        document = find_document(documents, document_id)
        if document is not None:
            found.append(document)
        else:
            params = {"document_id": document_id[:40]}
            problems.append(Problem("document_ids", "document_not_found", {**params}))
    if len({document.type for document in found}) > 1:
        problems.append(Problem("document_ids", "documents_of_several_types"))
    return found, problems


def find_document(documents: Documents, document_id: str) -> Document | None:
    """The document with an id, or None; ``document_id`` may be any text."""
    try:
        return documents.get(DocumentId(document_id)) if is_id(document_id) else None
    except NotFoundError:
        return None


def ensure_ready(documents: Iterable[Document]) -> None:
    """May a campaign use all of them? Raises ConflictError ``document_not_published``."""
    ensure_none_of([document for document in documents if not document.is_ready])


def ensure_none_of(drafts: Sequence[Document]) -> None:
    """Raises ConflictError ``document_not_published``, naming the first of ``drafts``."""
    for document in drafts:
        raise ConflictError(
            "document_not_published",
            document_id=document.id,
            name=document.content.name,
            type=document.type,
        )
