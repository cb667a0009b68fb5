"""Invoices, with the mentions that French law requires."""

from datetime import date

from facteur.adapters.pdf.foot import new_sheet
from facteur.adapters.pdf.formats import formats_of
from facteur.adapters.pdf.legal import account, mentions, party_numbers
from facteur.adapters.pdf.letterhead import Block, Fact, Head, draw_head
from facteur.adapters.pdf.lines import draw_lines
from facteur.adapters.pdf.sections import draw_section
from facteur.adapters.pdf.sheet import Sheet
from facteur.adapters.pdf.style import BODY, PARTY, SMALL
from facteur.domain.content import Invoice, PurchaseOrder, VatExemption
from facteur.domain.content_parts import Party
from facteur.domain.document_warnings import exemption_of
from facteur.domain.settings import OrganizationSettings
from facteur.domain.wording import default_name, type_label
from facteur.locales import language_of
from facteur.locales.shape import PdfWords


def lay_out(
    content: Invoice,
    settings: OrganizationSettings,
    *,
    on: date,  # noqa: ARG001 - it has its own date
) -> Sheet:
    """The pages of an invoice, without the feet."""
    words = language_of(settings.locale).pdf
    label = type_label(content.type, settings.locale)
    sheet = new_sheet(settings, running=f"{label} {content.number} · {settings.name}")
    draw_head(sheet, _head(content, settings, words, label), settings)
    draw_lines(
        sheet,
        content.lines,
        settings.locale,
        final=words.to_pay,
        with_vat=not _is_free_of_vat(content, settings),
    )
    draw_section(sheet, words.notes, content.notes)
    draw_section(sheet, words.payment, content.payment_terms or settings.payment_terms)
    draw_section(sheet, words.by_transfer, account(settings))
    draw_section(sheet, "", mentions(content, settings, words), SMALL)
    return sheet


def _is_free_of_vat(invoice: Invoice, settings: OrganizationSettings) -> bool:
    """Is the seller not subject to VAT? Then the invoice states no rate at all."""
    charges_none = all(line.vat_rate == 0 for line in invoice.lines)
    return charges_none and exemption_of(invoice, settings) is VatExemption.FRANCHISE


def _head(content: Invoice, settings: OrganizationSettings, words: PdfWords, label: str) -> Head:
    format_date = formats_of(settings.locale).date
    return Head(
        title=label,
        subtitle=f"{words.number} {content.number}",
        left=[
            Fact(words.issued_on, format_date(content.date)),
            Fact(
                words.delivered_on,
                format_date(content.delivery_date) if content.delivery_date else "",
            ),
            Fact(words.due_on, format_date(content.due_date) if content.due_date else ""),
            Fact(words.order_number, content.order_number),
            Fact(words.subject, own_name(content, settings)),
            Block(words.delivery_address, [(line, BODY) for line in content.delivery_address]),
        ],
        right=[party_block(words.client, content.client, words)],
    )


def own_name(content: Invoice | PurchaseOrder, settings: OrganizationSettings) -> str:
    """The name of an invoice or order, unless it only repeats type and number."""
    unnamed = content.model_copy(update={"name": ""})
    return content.name if content.name != default_name(unnamed, settings.locale) else ""


def party_block(label: str, party: Party, words: PdfWords) -> Block:
    """The postal address of a client or supplier, and its registration numbers below."""
    return Block(
        label,
        [
            (party.name, PARTY),
            *((line, BODY) for line in party.address),
            (party_numbers(party, words), SMALL),
            (party.email, SMALL),
        ],
    )
