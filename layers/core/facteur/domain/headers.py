"""Checks of mail header values: wrong ones are refused, never corrected silently."""

import re
import unicodedata

from facteur.domain.errors import Problem

MAX_SUBJECT = 255

# Without a quantifier over what is encoded: searching costs what reading the value costs.
_ENCODED_WORD = re.compile(r"=\?[^?]*\?[bq]\?", re.IGNORECASE)
_FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""The characters with the property Bidi_Control (UAX #9)."""


def check_header(value: str, *, field: str) -> list[Problem]:
    """The problems of a header value that somebody types."""
    return [*check_stored_header(value, field=field), *check_direction(value, field=field)]


def check_stored_header(value: str, *, field: str) -> list[Problem]:
    """The problems that no header may have: line breaks, control characters, encoded-words.

    A mail program would decode an encoded-word of RFC 2047 into text that was never checked. Most
    programs also decode one that contains spaces or a ``?``, which RFC 2047 forbids.
    """
    problems = []
    if any(unicodedata.category(character) in _FORBIDDEN_CATEGORIES for character in value):
        problems.append(Problem(field, "control_character"))
    opening = _ENCODED_WORD.search(value)
    if opening and "?=" in value[opening.end() :]:
        problems.append(Problem(field, "encoded_word"))
    return problems


def check_display_name(value: str, *, field: str) -> list[Problem]:
    """The problems of a person's name, which many mail programs show instead of the address.

    A name that looks like an address would make its mail look like somebody else's.
    """
    looks_like_address = "@" in unicodedata.normalize("NFKC", value)
    problems = [Problem(field, "name_like_address")] if looks_like_address else []
    return [*check_header(value, field=field), *problems]


def check_direction(value: str, *, field: str) -> list[Problem]:
    """Invisible characters that change the direction of text: it would be read in another order.

    What was stored before they were refused may contain them, and is sent.
    """
    return [Problem(field, "direction_character")] if _DIRECTION.search(value) else []
