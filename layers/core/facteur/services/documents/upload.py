"""Uploaded PDFs: the form that clients upload with, and the checked content."""

import hashlib
from dataclasses import dataclass

from facteur.domain.content import Heading, UploadedFile, UploadedPdf
from facteur.domain.errors import InputError, Parameter, Problem
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, OrgId, is_id
from facteur.ports import Archive, Clock, Ids, Inspector, Store, UploadForm, Uploads

MAX_UPLOAD = 10 * 1024 * 1024
"""Bytes that an uploaded PDF may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenUpload:
    """Makes upload forms."""

    store: Store
    uploads: Uploads
    clock: Clock
    ids: Ids

    def open(
        self, caller: Caller, size: int, *, idempotency_key: IdempotencyKey | None = None
    ) -> UploadForm:
        """A form for a file of ``size`` bytes; a repeated request gets the same id.

        Raises InputError ``upload_too_large``.
        """
        if size > MAX_UPLOAD:
            raise InputError([_too_large("size")])
        upload_id = self.ids.new_id(self.clock.now())
        if idempotency_key is not None:
            upload_id = (
                self.store.idempotency(caller.organization)
                .put_record(idempotency_key, upload_id)
                .id
            )
        return self.uploads.form(caller.organization, upload_id, limit=MAX_UPLOAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUpload:
    """Checks and archives an uploaded file."""

    uploads: Uploads
    archive: Archive
    inspector: Inspector

    def read(self, organization: OrgId, upload_id: str) -> bytes:
        """The PDF that was uploaded: the very bytes that were inspected.

        Raises InputError on ``upload_id``, UnavailableError ``inspector_unavailable``.
        """
        known = is_id(upload_id)
        pdf = self.uploads.find(organization, upload_id, limit=MAX_UPLOAD) if known else None
        if pdf is None:
            raise InputError([Problem("upload_id", "upload_not_found")])
        if len(pdf) > MAX_UPLOAD:
            raise InputError([_too_large("upload_id")])
        inspection = self.inspector.inspect(organization, upload_id)
        if (refusal := inspection.refusal) is not None:
            params: dict[str, Parameter] = {"action": refusal.what} if refusal.what else {}
            raise InputError([Problem("upload_id", refusal.reason.value, params)])
        # The form stays valid for some minutes: another file may have been posted meanwhile.
        if inspection.sha256 != hashlib.sha256(pdf).hexdigest():
            raise InputError([Problem("upload_id", "upload_changed")])
        return pdf

    def keep(self, organization: OrgId, pdf: bytes) -> UploadedFile:
        """Archive a checked PDF."""
        return UploadedFile(size=len(pdf), sha256=self.archive.put(organization, pdf))


def with_file(heading: Heading, file: UploadedFile) -> UploadedPdf:
    """The content of a document with these data and this PDF."""
    return UploadedPdf(
        type=heading.type,
        name=heading.name,
        number=heading.number,
        date=heading.date,
        upload=file,
    )


def _too_large(field: str) -> Problem:
    return Problem(field, "upload_too_large", {"max_megabytes": MAX_UPLOAD // (1024 * 1024)})
