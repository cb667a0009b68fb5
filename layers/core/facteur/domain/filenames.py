"""The names of attached PDF files."""

import re
import unicodedata
from datetime import date

from facteur.domain.content import Content
from facteur.domain.wording import type_label
from facteur.locales import Locale

_MAX_FILENAME = 120
_MAX_FILENAME_BYTES = 240
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


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
