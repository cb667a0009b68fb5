"""Names of document types and files, and the default subject and body of messages."""

import re
import unicodedata
from datetime import date

from facteur.domain.content import Content, DocumentType, party_of
from facteur.domain.variables import escape_braces
from facteur.locales import Locale, language_of

_MAX_FILENAME = 120
_MAX_FILENAME_BYTES = 240
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def type_label(document_type: DocumentType, locale: Locale) -> str:
    """The name of a document type in a language."""
    return language_of(locale).document_types[document_type]


def default_body(locale: Locale) -> str:
    """The body proposed for any document, with variables."""
    return language_of(locale).default_body


def default_name(content: Content, locale: Locale) -> str:
    """The document's name, or without one "<type label> <number>"."""
    return content.name or f"{type_label(content.type, locale)} {content.number}"


def default_subject(content: Content, locale: Locale) -> str:
    """The subject proposed for a document, with variables; names typed by people are escaped."""
    party = party_of(content)
    return content.type.rules.subject.format(
        label=type_label(content.type, locale),
        party=f" - {escape_braces(party.name)}" if party else "",
    )


def filename_of(content: Content, *, on: date, locale: Locale) -> str:
    """The PDF's file name: type and number, or for a list type, name and the date ``on``.

    Characters that a file system forbids become "-".
    """
    label = type_label(content.type, locale)
    if content.type.rules.numbered:
        stem, tail = f"{label} {content.number}", ""
    else:
        stem, tail = f"{label} {content.name}", f" {on.isoformat()}"
    return f"{_shortened(_safe(stem), spare=len(tail))}{tail}.pdf"


def distinct_filenames(names: list[str]) -> list[str]:
    """``names`` in order, duplicates numbered: "a.pdf", "a (2).pdf"."""
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
    """Shorten to both limits: file systems count bytes (255), people read characters."""
    kept = stem[: _MAX_FILENAME - spare].encode()[: _MAX_FILENAME_BYTES - spare]
    return kept.decode(errors="ignore").rstrip(" .")
