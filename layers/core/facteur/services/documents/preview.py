"""A link to the PDF of a document, as stored now or before it is saved."""

from dataclasses import dataclass

from facteur.domain.content import DocumentStatus, UploadedPdf, Written, rows_of
from facteur.domain.document import Document
from facteur.domain.errors import TooManyPagesError
from facteur.domain.filenames import filename_of
from facteur.domain.identity import Caller, DocumentId
from facteur.domain.wording import default_name
from facteur.ports import Archive, Clock, Renderer, Store
from facteur.services.people import settings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDocument:
    """Shows the PDF of a document."""

    store: Store
    renderer: Renderer
    archive: Archive
    clock: Clock

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

    def of_draft(self, caller: Caller, content: Written) -> str:
        """A link to the PDF of a document that is not saved, for some minutes.

        Lays it out once, up to MAX_PAGES, and keeps one short-lived object. Raises InputError
        ``too_many_pages``.
        """
        settings = settings_of(self.store.settings(caller.organization))
        now = self.clock.now()
        draft = Document(
            id=DocumentId(""),
            status=DocumentStatus.DRAFT,
            content=content.model_copy(update={"name": default_name(content, settings.locale)}),
            version=1,
            created_at=now,
            updated_at=now,
        )
        try:
            pdf = self.renderer.render(draft, settings, on=content.date)
        except TooManyPagesError as error:
            raise error.at(rows_of(content)) from error
        filename = filename_of(content, on=content.date, locale=settings.locale)
        return self.archive.preview(caller.organization, pdf, filename=filename)
