"""What may stand in a mail header: refused when wrong, never cleaned in silence."""

import re
import unicodedata

from facteur.domain.errors import Problem

MAX_SUBJECT = 255

_ENCODED_WORD = re.compile(r"=\?[^?]+\?[bq]\?[^?]*\?=", re.IGNORECASE)
_FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


def check_header(value: str, *, field: str) -> list[Problem]:
    """Line breaks, control characters and RFC 2047 encoded-words in a header value.

    An encoded-word typed by a person would be decoded by the reader's program into something we
    never checked; most decode it with spaces inside, too, which RFC 2047 forbids.
    """
    problems = []
    if any(unicodedata.category(character) in _FORBIDDEN_CATEGORIES for character in value):
        problems.append(Problem(field, "control_character"))
    if _ENCODED_WORD.search(value):
        problems.append(Problem(field, "encoded_word"))
    return problems
