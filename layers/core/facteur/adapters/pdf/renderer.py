"""The port ``Renderer``: makes the PDF of a document."""

from datetime import date

from facteur.adapters.pdf.foot import draw_feet
from facteur.adapters.pdf.formats import formats_of
from facteur.adapters.pdf.invoice import lay_out_invoice
from facteur.adapters.pdf.order import lay_out_order
from facteur.adapters.pdf.sheet import Sheet
from facteur.adapters.pdf.staff_list import lay_out_staff_list
from facteur.adapters.pdf.writer import Description, write
from facteur.domain.content import Invoice, PurchaseOrder, StaffList, UploadedPdf, Written
from facteur.domain.document import Document
from facteur.domain.settings import OrganizationSettings
from facteur.domain.wording import default_name
from facteur.locales import Locale, language_of


class PdfRenderer:
    """The port ``Renderer``, with fpdf2 and Babel."""

    def render(self, document: Document, settings: OrganizationSettings, *, on: date) -> bytes:
        """The PDF of a document: the same bytes for the same document, settings and date.

        A staff list is dated ``on``; an invoice or order always has its own date. Raises TypeError
        for an uploaded document.
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

    def format_date(self, value: date, locale: Locale) -> str:
        """``31/01/2027``."""
        return formats_of(locale).date(value)


def lay_out(content: Written, settings: OrganizationSettings, *, on: date) -> Sheet:
    """The finished pages of a document."""
    match content:
        case StaffList():
            sheet = lay_out_staff_list(content, settings, on=on)
        case Invoice():
            sheet = lay_out_invoice(content, settings)
        case PurchaseOrder():
            sheet = lay_out_order(content, settings)
    draw_feet(sheet, settings)
    return sheet
