"""The PDF of a document: rendered, or the uploaded one."""

import datetime as dt
from dataclasses import dataclass

from facteur.domain.content import UploadedPdf
from facteur.domain.document import Document
from facteur.domain.identity import OrgId
from facteur.domain.settings import OrganizationSettings
from facteur.ports import Archive, Renderer


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePdf:
    """Renders a document, or fetches its uploaded PDF."""

    renderer: Renderer
    archive: Archive

    def make(
        self,
        organization: OrgId,
        document: Document,
        settings: OrganizationSettings,
        *,
        on: dt.date,
    ) -> bytes:
        """The PDF, with the date ``on`` unless it was uploaded."""
        if isinstance(document.content, UploadedPdf):
            return self.archive.get(organization, document.content.upload.sha256)
        return self.renderer.render(document, settings, on=on)
