"""Purchase orders."""

from datetime import date

from facteur.adapters.pdf.foot import new_sheet
from facteur.adapters.pdf.formats import formats_of
from facteur.adapters.pdf.invoice import own_name, party_block
from facteur.adapters.pdf.letterhead import Block, Fact, Head, draw_head
from facteur.adapters.pdf.lines import draw_lines
from facteur.adapters.pdf.sections import draw_section
from facteur.adapters.pdf.sheet import Sheet
from facteur.adapters.pdf.style import BODY
from facteur.domain.content import PurchaseOrder
from facteur.domain.settings import OrganizationSettings
from facteur.domain.wording import type_label
from facteur.locales import language_of
from facteur.locales.shape import PdfWords


def lay_out(
    content: PurchaseOrder,
    settings: OrganizationSettings,
    *,
    on: date,  # noqa: ARG001 - it has its own date
) -> Sheet:
    """The pages of a purchase order, without the feet."""
    words = language_of(settings.locale).pdf
    label = type_label(content.type, settings.locale)
    sheet = new_sheet(settings, running=f"{label} {content.number} · {settings.name}")
    draw_head(sheet, _head(content, settings, words, label), settings)
    draw_lines(sheet, content.lines, settings.locale, final=words.total_gross, with_vat=True)
    draw_section(sheet, words.notes, content.notes)
    draw_section(sheet, words.payment, content.payment_terms)
    return sheet


def _head(
    content: PurchaseOrder, settings: OrganizationSettings, words: PdfWords, label: str
) -> Head:
    format_date = formats_of(settings.locale).date
    return Head(
        title=label,
        subtitle=f"{words.number} {content.number}",
        left=[
            Fact(words.ordered_on, format_date(content.date)),
            Fact(
                words.deliver_by,
                format_date(content.delivery_date) if content.delivery_date else "",
            ),
            Fact(words.subject, own_name(content, settings)),
            Block(words.delivery_address, [(line, BODY) for line in content.delivery_address]),
        ],
        right=[party_block(words.supplier, content.supplier, words)],
    )
