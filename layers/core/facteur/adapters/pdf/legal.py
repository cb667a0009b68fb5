"""Texts required by law: the identity of the company, and the mentions of an invoice."""

from facteur.adapters.pdf.formats import grouped_iban, grouped_siren
from facteur.domain.content import Invoice, Operation
from facteur.domain.content_parts import Party
from facteur.domain.settings import OrganizationSettings
from facteur.locales.shape import PdfWords


def identity(settings: OrganizationSettings, words: PdfWords) -> list[str]:
    """The legal footer in two lines, name and address, then registrations; without empty fields."""
    capital = words.capital.format(capital=settings.capital) if settings.capital else ""
    rcs = settings.rcs if settings.rcs.upper().startswith("RCS") else f"RCS {settings.rcs}"
    return [
        _joined(
            " ".join(filter(None, (settings.name, settings.legal_form, capital))),
            ", ".join(filter(None, settings.address)),
        ),
        _joined(
            f"SIREN {grouped_siren(settings.siren)}" if settings.siren else "",
            f"SIRET {grouped_siren(settings.siret)}" if settings.siret else "",
            rcs if settings.rcs else "",
            f"{words.vat_number} {settings.vat_number}" if settings.vat_number else "",
        ),
    ]


def party_numbers(party: Party, words: PdfWords) -> str:
    """The registration numbers of a client or supplier, on one line."""
    return _joined(
        f"SIREN {grouped_siren(party.siren)}" if party.siren else "",
        f"{words.vat_number} {party.vat_number}" if party.vat_number else "",
    )


def account(settings: OrganizationSettings) -> str:
    """The bank account, on one line."""
    return _joined(
        f"IBAN {grouped_iban(settings.iban)}" if settings.iban else "",
        f"BIC {settings.bic}" if settings.bic else "",
    )


def is_free_of_vat(invoice: Invoice, settings: OrganizationSettings) -> bool:
    """Is VAT not applicable (art. 293 B of the CGI)?

    A company with a VAT number that invoices at 0 % must state its own reason.
    """
    return not settings.vat_number and all(line.vat_rate == 0 for line in invoice.lines)


def mentions(invoice: Invoice, settings: OrganizationSettings, words: PdfWords) -> str:
    """The compulsory mentions of an invoice, one per line.

    https://entreprendre.service-public.fr/vosdroits/F31808
    """
    operation = invoice.operation
    parts = (
        _nature(operation, words) if operation else "",
        words.vat_on_debits if invoice.vat_on_debits else "",
        words.no_vat if is_free_of_vat(invoice, settings) else "",
        words.late_payment,
    )
    return "\n".join(filter(None, parts))


def _nature(operation: Operation, words: PdfWords) -> str:
    return words.operation.format(operation=getattr(words.operations, operation))


def _joined(*parts: str) -> str:
    return "  ·  ".join(filter(None, parts))
