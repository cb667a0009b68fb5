"""Breaking text into lines."""

import unicodedata
from collections.abc import Iterator

from facteur.adapters.pdf.style import Style
from facteur.adapters.pdf.typeface import advances_of, printable

_BREAK_AFTER = frozenset("-/@._,;:")
"""Characters after which a word wider than a line is preferably broken."""


def wrap(text: str, style: Style, width: float) -> list[str]:
    """The lines of a text, made printable, none wider than ``width``; no line for an empty text.

    Lines break at line ends and at ordinary spaces; a word wider than a line is broken.
    """
    return wrap_printable(printable(text), style, width) if text else []


def wrap_printable(text: str, style: Style, width: float) -> list[str]:
    """``wrap`` for a text that ``printable`` has returned."""
    if "\n" not in text and style.width(text) <= width:
        return [text]
    return [line for part in text.split("\n") for line in _lines(part, style, width)]


def shortened(text: str, style: Style, width: float) -> str:
    """The beginning of a text on one line, with an ellipsis when the rest does not fit."""
    lines = wrap(text, style, width)
    if len(lines) < 2:
        return "".join(lines)
    return wrap(lines[0], style, width - style.width("…"))[0] + "…"


def _lines(text: str, style: Style, width: float) -> Iterator[str]:
    limit = width * 1000 / style.size
    advances = advances_of(style.weight)
    line, taken = "", 0.0
    for word in text.split(" "):
        rest, needed = word, advances.of(word)
        if line and taken + advances[" "] + needed <= limit:
            line, taken = f"{line} {word}", taken + advances[" "] + needed
            continue
        if line:
            yield line
        while needed > limit:
            cut = _cut(rest, advances, limit)
            yield rest[:cut]
            rest = rest[cut:]
            needed = advances.of(rest)
        line, taken = rest, needed
    yield line


def _cut(word: str, advances: dict[str, int], limit: float) -> int:
    """The number of characters that fit: at least one, never separating an accent."""
    taken, preferred = 0.0, 0
    for index, character in enumerate(word):
        taken += advances[character]
        if taken > limit and index > 0:
            end = index
            break
        if character in _BREAK_AFTER:
            preferred = index + 1
    else:
        return len(word)
    while end > 1 and unicodedata.combining(word[end]):
        end -= 1
    return preferred if preferred * 2 > end else end
