"""What is missing or looks wrong in a document: never a reason to refuse it."""

import dataclasses
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from facteur.domain.content import (
    Content,
    Invoice,
    PurchaseOrder,
    VatExemption,
)
from facteur.domain.content_parts import Line
from facteur.domain.errors import Parameter
from facteur.domain.settings import OrganizationSettings

MAX_NAMED_LINES = 5
"""Lines of one document that are named for the same reason."""


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """A warning about a document; ``field`` is its dotted path, empty for the organization's."""

    code: str
    field: str = ""
    params: Mapping[str, Parameter] = dataclasses.field(default_factory=dict)


def exemption_of(invoice: Invoice, settings: OrganizationSettings) -> VatExemption | None:
    """The reason for which an invoice states no VAT, None when it has no line at 0 %.

    An organization without a VAT number that charges none is not subject to VAT. Any other reason
    stands on the invoice.
    """
    if all(line.vat_rate != 0 for line in invoice.lines):
        return None
    if invoice.vat_exemption is not None:
        return invoice.vat_exemption
    charges_none = all(line.vat_rate == 0 for line in invoice.lines)
    return VatExemption.FRANCHISE if charges_none and not settings.vat_number else None


def content_warnings(content: Content, settings: OrganizationSettings) -> list[DocumentWarning]:
    """What French law asks of an invoice and is not there, and amounts that look like mistakes.

    https://entreprendre.service-public.fr/vosdroits/F31808
    """
    if isinstance(content, PurchaseOrder):
        return [*_of_lines(content.lines)]
    if not isinstance(content, Invoice):
        return []
    return [
        *_of_the_seller(content, settings),
        *_of_the_client(content),
        *_of_the_invoice(content, settings),
        *_of_lines(content.lines),
    ]


def printed_characters(content: Content, settings: OrganizationSettings) -> str:
    """Every character that the PDF of a document may print, composed, once, in order."""
    texts = (
        content.model_dump_json(),
        settings.name,
        settings.legal_form,
        settings.capital,
        *settings.address,
        settings.rcs,
        settings.payment_terms,
    )
    return "".join(dict.fromkeys(unicodedata.normalize("NFC", "\n".join(texts))))


def _of_the_seller(invoice: Invoice, settings: OrganizationSettings) -> Iterator[DocumentWarning]:
    if not any(settings.address):
        yield DocumentWarning("seller_address_missing")
    if not settings.siren and not settings.siret:
        yield DocumentWarning("seller_siren_missing")
    charges_vat = any(line.vat_rate for line in invoice.lines)
    if not settings.vat_number and (charges_vat or _needs_numbers(invoice)):
        yield DocumentWarning("seller_vat_number_missing")


def _of_the_client(invoice: Invoice) -> Iterator[DocumentWarning]:
    if not any(invoice.client.address):
        yield DocumentWarning("client_address_missing", "client.address")
    if not invoice.client.vat_number and _needs_numbers(invoice):
        yield DocumentWarning("client_vat_number_missing", "client.vat_number")


def _needs_numbers(invoice: Invoice) -> bool:
    """Must the invoice have the VAT numbers of both, because the client pays the VAT?"""
    return invoice.vat_exemption in (VatExemption.REVERSE_CHARGE, VatExemption.INTRA_COMMUNITY)


def _of_the_invoice(invoice: Invoice, settings: OrganizationSettings) -> Iterator[DocumentWarning]:
    if not (invoice.due_date or invoice.payment_terms or settings.payment_terms):
        yield DocumentWarning("payment_date_missing", "due_date")
    exempt = any(line.vat_rate == 0 for line in invoice.lines)
    if exempt and exemption_of(invoice, settings) is None:
        yield DocumentWarning("vat_exemption_missing", "vat_exemption")
    if invoice.vat_exemption is not None and not exempt:
        yield DocumentWarning("vat_exemption_unused", "vat_exemption")


def _of_lines(lines: Iterable[Line]) -> Iterator[DocumentWarning]:
    numbered = list(enumerate(lines))
    free = (n for n, line in numbered if line.quantity == 0)
    for n in islice(free, MAX_NAMED_LINES):
        yield DocumentWarning("quantity_zero", f"lines.{n}.quantity", {"line": n + 1})
    negative = (n for n, line in numbered if line.unit_price < 0)
    for n in islice(negative, MAX_NAMED_LINES):
        yield DocumentWarning("price_negative", f"lines.{n}.unit_price", {"line": n + 1})
