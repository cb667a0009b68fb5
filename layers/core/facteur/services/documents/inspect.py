"""Inspects an uploaded PDF, in a function that can do nothing else."""

import hashlib
from dataclasses import dataclass

from facteur.domain.identity import OrgId
from facteur.domain.inspection import Inspection
from facteur.ports import PdfChecker, Uploads
from facteur.services.documents.upload import MAX_UPLOAD


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectUpload:
    """Says of an upload whether it may be sent."""

    uploads: Uploads
    checker: PdfChecker

    def inspect(self, organization: OrgId, upload_id: str) -> Inspection:
        """The result for the bytes that are there now, with their SHA-256.

        Raises UnavailableError ``archive_unavailable``.
        """
        pdf = self.uploads.find(organization, upload_id, limit=MAX_UPLOAD)
        if pdf is None or len(pdf) > MAX_UPLOAD:
            # The caller, who has read it before, tells what is wrong.
            return Inspection("")
        return Inspection(hashlib.sha256(pdf).hexdigest(), self.checker.check(pdf))
