"""The attachments of a Send: rendered for their dates, named, within the size limit."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from facteur.domain.content import UploadedPdf
from facteur.domain.document import Document
from facteur.domain.errors import InputError, Problem, TooManyPagesError
from facteur.domain.filenames import distinct_filenames, filename_of
from facteur.domain.identity import OrgId
from facteur.domain.send import MAX_ATTACHMENTS, FrozenDocument
from facteur.domain.settings import OrganizationSettings
from facteur.locales import Locale
from facteur.ports import Archive
from facteur.services.documents.make_pdf import MakePdf


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedDocument:
    """A document as it will be attached; ``date`` is the one it carries."""

    document: Document
    date: dt.date
    filename: str
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachDocuments:
    """Renders or fetches attachments."""

    make_pdf: MakePdf

    def attach(
        self,
        organization: OrgId,
        documents: Sequence[Document],
        settings: OrganizationSettings,
        *,
        dates: Sequence[dt.date],
    ) -> tuple[AttachedDocument, ...]:
        """The attachments of ``documents``, each with the date at its index in ``dates``.

        Raises InputError ``attachment_too_large`` as soon as those made so far are too large
        together, and TooManyPagesError.
        """
        ensure_fitting(uploaded_sizes(documents))
        pdfs: list[bytes] = []
        for document, date in zip(documents, dates, strict=True):
            try:
                pdfs.append(self.make_pdf.make(organization, document, settings, on=date))
            except TooManyPagesError as error:
                raise error.at("document_ids") from error
            ensure_fitting([len(pdf) for pdf in pdfs])
        names = filenames(documents, dates, settings.locale)
        return tuple(
            AttachedDocument(document=document, date=date, filename=name, pdf=pdf)
            for document, date, name, pdf in zip(documents, dates, names, pdfs, strict=True)
        )

    def format_date(self, date: dt.date, settings: OrganizationSettings) -> str:
        """A date as the variable ``{date}`` shows it."""
        return self.make_pdf.renderer.format_date(date, settings.locale)


def dates_of(documents: Sequence[Document], *, on: dt.date | None = None) -> tuple[dt.date, ...]:
    """The dates that documents carry: lists ``on`` when it is given, everything else its own."""
    return tuple(
        on if on is not None and document.type.rules.moving_date else document.content.date
        for document in documents
    )


def filenames(
    documents: Sequence[Document], dates: Sequence[dt.date], locale: Locale
) -> Sequence[str]:
    """The file names of the attachments, duplicates numbered."""
    return distinct_filenames(
        [
            filename_of(document.content, on=date, locale=locale)
            for document, date in zip(documents, dates, strict=True)
        ]
    )


def freeze(
    archive: Archive, organization: OrgId, attached: Iterable[AttachedDocument]
) -> tuple[FrozenDocument, ...]:
    """Archive the PDFs of attachments and return them as a Send records them."""
    return tuple(as_recorded(one, sha256=archive.put(organization, one.pdf)) for one in attached)


def as_recorded(attached: AttachedDocument, *, sha256: str = "") -> FrozenDocument:
    """An attachment as a Send records it and its mail shows it; ``sha256`` once it is archived."""
    return frozen(
        attached.document,
        date=attached.date,
        filename=attached.filename,
        size=len(attached.pdf),
        sha256=sha256,
    )


def frozen(
    document: Document, *, date: dt.date, filename: str, size: int = 0, sha256: str = ""
) -> FrozenDocument:
    """A document as a Send records it; ``sha256`` is empty when no PDF was archived."""
    content = document.content
    return FrozenDocument(
        id=document.id,
        type=content.type,
        name=content.name,
        number=content.number,
        date=date,
        filename=filename,
        size=size,
        sha256=sha256,
    )


def uploaded_sizes(documents: Sequence[Document]) -> list[int]:
    """The sizes in bytes of the PDFs that were uploaded."""
    return [
        document.content.upload.size
        for document in documents
        if isinstance(document.content, UploadedPdf)
    ]


def check_size(sizes: Sequence[int]) -> list[Problem]:
    """A problem when attachments of these sizes in bytes exceed MAX_ATTACHMENTS."""
    encoded = sum(4 * -(-size // 3) for size in sizes)
    if encoded <= MAX_ATTACHMENTS:
        return []
    figures = {
        "megabytes": -(-encoded // (1024 * 1024)),
        "max_megabytes": MAX_ATTACHMENTS // (1024 * 1024),
    }
    return [Problem("document_ids", "attachment_too_large", {**figures})]


def ensure_fitting(sizes: Sequence[int]) -> None:
    """Raises InputError ``attachment_too_large``."""
    if problems := check_size(sizes):
        raise InputError(problems)
