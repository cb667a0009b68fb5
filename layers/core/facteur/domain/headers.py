"""Checks of mail header values: wrong ones are refused, never corrected silently."""

import re
import unicodedata

from facteur.domain.errors import Problem

MAX_SUBJECT = 255

_ENCODED_WORD = re.compile(r"=\?[^?]+\?[bq]\?[^?]*\?=", re.IGNORECASE)
_FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


def check_header(value: str, *, field: str) -> list[Problem]:
    """The problems of a header value: line breaks, control characters, RFC 2047 encoded-words.

    A mail program would decode an encoded-word into text that was never checked. Most programs also
    decode one that contains spaces, which RFC 2047 forbids.
    """
    problems = []
    if any(unicodedata.category(character) in _FORBIDDEN_CATEGORIES for character in value):
        problems.append(Problem(field, "control_character"))
    if _ENCODED_WORD.search(value):
        problems.append(Problem(field, "encoded_word"))
    return problems
