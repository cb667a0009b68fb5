"""The PDF of a document as it is now."""

from dataclasses import dataclass

from facteur.domain.identity import Caller, DocumentId
from facteur.domain.wording import filename_of
from facteur.ports import Archive, Renderer, Store
from facteur.services.people import settings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDocument:
    """Renders a document to be looked at."""

    store: Store
    renderer: Renderer
    archive: Archive

    def __call__(self, caller: Caller, document_id: DocumentId) -> str:
        """A link to the PDF, for some minutes. Raises NotFoundError ``document_not_found``."""
        document = self.store.documents(caller.organization).get(document_id)
        settings = settings_of(self.store.settings(caller.organization))
        date = document.content.date
        pdf = self.renderer.render(document, settings, on=date)
        filename = filename_of(document.content, on=date, locale=settings.locale)
        return self.archive.preview(caller.organization, pdf, filename=filename)
