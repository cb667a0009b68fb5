"""Texts required by law: the identity of the company, and the mentions of an invoice."""

from facteur.adapters.pdf.formats import formats_of, grouped_iban, grouped_siren
from facteur.domain.content import Invoice, Operation
from facteur.domain.content_parts import Party
from facteur.domain.document_warnings import exemption_of
from facteur.domain.settings import OrganizationSettings
from facteur.locales.shape import PdfWords


def identity(settings: OrganizationSettings, words: PdfWords) -> list[str]:
    """The legal footer in two lines, name and address, then registrations; without empty fields."""
    figure = formats_of(settings.locale).capital(settings.capital)
    capital = words.capital.format(capital=figure) if figure else ""
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


def mentions(invoice: Invoice, settings: OrganizationSettings, words: PdfWords) -> str:
    """The compulsory mentions of an invoice, one per line.

    https://entreprendre.service-public.fr/vosdroits/F31808
    """
    operation, exemption = invoice.operation, exemption_of(invoice, settings)
    parts = (
        _nature(operation, words) if operation else "",
        words.vat_on_debits if invoice.vat_on_debits else "",
        getattr(words.vat_exemptions, exemption) if exemption else "",
        words.late_payment,
    )
    return "\n".join(filter(None, parts))


def _nature(operation: Operation, words: PdfWords) -> str:
    return words.operation.format(operation=getattr(words.operations, operation))


def _joined(*parts: str) -> str:
    return "  ·  ".join(filter(None, parts))
