"""The port ``Renderer``: makes the PDF of a document.

The pages of each type of document are laid out by the module that bears the type's name:
``lay_out`` of ``invoice.py`` for ``invoice``.
"""

from datetime import date
from functools import cache
from importlib import import_module
from typing import Protocol

from facteur.adapters.pdf.foot import draw_feet
from facteur.adapters.pdf.formats import formats_of
from facteur.adapters.pdf.sheet import Sheet
from facteur.adapters.pdf.typeface import is_missing
from facteur.adapters.pdf.writer import Description, write
from facteur.domain.content import DocumentType, UploadedPdf, Written
from facteur.domain.document import Document
from facteur.domain.settings import OrganizationSettings
from facteur.domain.wording import default_name
from facteur.locales import Locale, language_of


class Layout(Protocol):
    """The pages of a document, without the feet; ``on`` is the date of what has none of its own."""

    def __call__(self, content: Written, settings: OrganizationSettings, *, on: date) -> Sheet: ...


class PdfRenderer:
    """The port ``Renderer``, with fpdf2 and Babel."""

    def render(self, document: Document, settings: OrganizationSettings, *, on: date) -> bytes:
        """The PDF of a document: the same bytes for the same document, settings and date.

        A staff list is dated ``on``; an invoice or order always has its own date. Raises TypeError
        for an uploaded document, TooManyPagesError for one that is too long.
        """
        locale, content = settings.locale, document.content
        if isinstance(content, UploadedPdf):
            raise TypeError("an uploaded PDF is not rendered")
        sheet = lay_out(content, settings, on=on)
        description = Description(
            title=default_name(content, locale),
            author=settings.name,
            language=language_of(locale).tag,
            written_at=document.updated_at,
        )
        return write(sheet, description)

    def ensure_printable(self, content: Written, settings: OrganizationSettings) -> None:
        """Raises TooManyPagesError for a content that is too long; writes no PDF."""
        lay_out(content, settings, on=content.date)

    def unprintable(self, characters: str) -> str:
        """Those of some characters that the fonts lack."""
        return "".join(filter(is_missing, characters))

    def format_date(self, value: date, locale: Locale) -> str:
        """``31/01/2027``."""
        return formats_of(locale).date(value)


def lay_out(content: Written, settings: OrganizationSettings, *, on: date) -> Sheet:
    """The finished pages of a document."""
    sheet = _layout_of(content.type)(content, settings, on=on)
    draw_feet(sheet, settings)
    return sheet


@cache
def _layout_of(kind: DocumentType) -> Layout:
    """The function ``lay_out`` of the module that bears the name of the type."""
    layout: Layout = import_module(f"facteur.adapters.pdf.{kind}").lay_out
    return layout
