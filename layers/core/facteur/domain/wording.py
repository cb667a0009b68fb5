"""The product's own words on documents and mails, in each language."""

import re
import unicodedata
from datetime import date

from facteur.domain.document import Content, DocumentType, party_of
from facteur.domain.settings import Locale
from facteur.domain.variables import escape_braces

TYPE_LABELS = {
    Locale.FR: {
        DocumentType.STAFF_LIST: "Liste de personnel",
        DocumentType.INVOICE: "Facture",
        DocumentType.PURCHASE_ORDER: "Bon de commande",
    },
    Locale.EN: {
        DocumentType.STAFF_LIST: "Staff list",
        DocumentType.INVOICE: "Invoice",
        DocumentType.PURCHASE_ORDER: "Purchase order",
    },
}

DEFAULT_BODY = {
    Locale.FR: "Bonjour,\n\nVeuillez trouver ci-joint : {document_name}.",
    Locale.EN: "Hello,\n\nPlease find attached: {document_name}.",
}

_MAX_FILENAME = 120
_MAX_FILENAME_BYTES = 240
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def default_name(content: Content, locale: Locale) -> str:
    """The name of a document that was given none: "<type label> <number>"."""
    return content.name or f"{TYPE_LABELS[locale][content.type]} {content.number}"


def default_subject(content: Content, locale: Locale) -> str:
    """The subject proposed for a document, with variables; names typed by people are escaped."""
    label = TYPE_LABELS[locale][content.type]
    match content.type:
        case DocumentType.STAFF_LIST:
            return f"{label} - {{date}}"
        case DocumentType.PURCHASE_ORDER:
            return f"{label} {{document_number}}"
        case DocumentType.INVOICE:
            party = party_of(content)
            client = f" - {escape_braces(party.name)}" if party else ""
            return f"{label} {{document_number}}{client}"


def filename_of(content: Content, *, on: date, locale: Locale) -> str:
    """The PDF's file name: by number, or for a list by name and the date ``on`` that it carries.

    Characters that some file system forbids become "-".
    """
    label = TYPE_LABELS[locale][content.type]
    if content.type is DocumentType.STAFF_LIST:
        stem, tail = f"{label} {content.name}", f" {on.isoformat()}"
    else:
        stem, tail = f"{label} {content.number}", ""
    return f"{_shortened(_safe(stem), spare=len(tail))}{tail}.pdf"


def distinct_filenames(names: list[str]) -> list[str]:
    """``names`` in order, namesakes numbered: "a.pdf", "a (2).pdf"."""
    taken: set[str] = set()
    result: list[str] = []
    for name in names:
        candidate, count = name, 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{name.removesuffix('.pdf')} ({count}).pdf"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result


def _safe(text: str) -> str:
    visible = "".join(
        character
        for character in unicodedata.normalize("NFC", text)
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    )
    return _UNSAFE.sub("-", visible).strip(" .")


def _shortened(stem: str, *, spare: int) -> str:
    """File systems count bytes (255) where people count characters."""
    kept = stem[: _MAX_FILENAME - spare].encode()[: _MAX_FILENAME_BYTES - spare]
    return kept.decode(errors="ignore").rstrip(" .")
