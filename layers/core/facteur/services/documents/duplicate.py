"""Copies of documents: drafts with the next number and the date of today."""

import datetime as dt
from dataclasses import dataclass

from facteur.domain.content import (
    DocumentStatus,
    Invoice,
    PurchaseOrder,
    UploadedPdf,
    Written,
)
from facteur.domain.dates import add_days
from facteur.domain.document import Document
from facteur.domain.errors import ConflictError, NotFoundError, NumberTakenError
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord
from facteur.domain.identity import Caller, DocumentId
from facteur.domain.wording import default_name
from facteur.locales import Locale
from facteur.ports import Clock, Creation, Documents, Ids, Store
from facteur.services.documents.propose import next_number, today_of
from facteur.services.idempotency import find_first
from facteur.services.people import settings_of

_ATTEMPTS = 5
"""Copies that are tried while others take the number proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateDocument:
    """Copies documents."""

    store: Store
    clock: Clock
    ids: Ids

    def duplicate(
        self,
        caller: Caller,
        document_id: DocumentId,
        *,
        idempotency_key: IdempotencyKey | None = None,
    ) -> Document:
        """A draft copy, dated today, with the next number of its type.

        A request repeated with the same key gets the first one's copy as stored now. Raises
        NotFoundError; ConflictError ``upload_not_copied``, ``no_number_follows``, ``copy_deleted``.
        """
        organization = caller.organization
        documents = self.store.documents(organization)
        first = find_first(self.store.idempotency(organization), idempotency_key)
        if first is not None:
            return _copy_made_before(documents, first)
        content = documents.get(document_id).content
        if isinstance(content, UploadedPdf):
            raise ConflictError("upload_not_copied")
        for left in range(_ATTEMPTS - 1, -1, -1):
            copy = self._copy(caller, content)
            try:
                creation = documents.create(copy, idempotency_key=idempotency_key)
            except NumberTakenError:
                if not left:
                    raise
                continue
            return copy if creation.id == copy.id else _copy_made_before(documents, creation)
        raise AssertionError("the last attempt returns or raises")

    def _copy(self, caller: Caller, content: Written) -> Document:
        organization, now = caller.organization, self.clock.now()
        settings = settings_of(self.store.settings(organization))
        number = ""
        if content.number:
            number = next_number(self.store, self.clock, organization, content.type)
            if not number and content.type.rules.numbered:
                raise ConflictError("no_number_follows", number=content.number)
        today = today_of(settings, self.clock)
        return Document(
            id=DocumentId(self.ids.new_id(now)),
            status=DocumentStatus.DRAFT,
            content=_dated(content, number, today, settings.locale),
            version=1,
            created_at=now,
            updated_at=now,
        )


def _dated(content: Written, number: str, today: dt.date, locale: Locale) -> Written:
    """The content with another number and date; what follows from these follows."""
    changes: dict[str, object] = {"number": number, "date": today}
    if isinstance(content, Invoice) and content.due_date is not None:
        # As long after the date as before.
        changes["due_date"] = add_days(today, (content.due_date - content.date).days)
    if isinstance(content, Invoice | PurchaseOrder):
        changes["delivery_date"] = None
    copy = content.model_copy(update=changes)
    if content.name == default_name(content.model_copy(update={"name": ""}), locale):
        named = default_name(copy.model_copy(update={"name": ""}), locale)
        copy = copy.model_copy(update={"name": named})
    return copy


def _copy_made_before(documents: Documents, first: IdempotencyRecord | Creation) -> Document:
    """The copy that the first request made, as stored now. Raises ConflictError
    ``copy_deleted``."""
    try:
        return documents.get(DocumentId(first.id))
    except NotFoundError as error:
        raise ConflictError("copy_deleted") from error
