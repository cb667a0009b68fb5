"""A link to the PDF of a document as stored now."""

from dataclasses import dataclass

from facteur.domain.content import UploadedPdf
from facteur.domain.filenames import filename_of
from facteur.domain.identity import Caller, DocumentId
from facteur.ports import Archive, Renderer, Store
from facteur.services.people import settings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDocument:
    """Shows the PDF of a document."""

    store: Store
    renderer: Renderer
    archive: Archive

    def link(self, caller: Caller, document_id: DocumentId) -> str:
        """A link to the PDF, for some minutes. Raises NotFoundError ``document_not_found``."""
        document = self.store.documents(caller.organization).get(document_id)
        settings = settings_of(self.store.settings(caller.organization))
        content = document.content
        filename = filename_of(content, on=content.date, locale=settings.locale)
        if isinstance(content, UploadedPdf):
            return self.archive.link(caller.organization, content.upload.sha256, filename=filename)
        pdf = self.renderer.render(document, settings, on=content.date)
        return self.archive.preview(caller.organization, pdf, filename=filename)
