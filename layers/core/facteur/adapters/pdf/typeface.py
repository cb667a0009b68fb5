"""The two embedded fonts: which characters they have, and how wide these are.

Parsed once per process. ``scripts/subset_fonts.py`` made the files.
"""

import unicodedata
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

_FONTS: Final = Path(__file__).parent / "fonts"
_REPLACEMENT: Final = "\ufffd"
_LINE_ENDS: Final = "\n\v\f\r\x85\u2028\u2029"


class Weight(Enum):
    """A font; its value is fpdf2's name for the style."""

    REGULAR = ""
    SEMIBOLD = "B"

    @property
    def path(self) -> Path:
        return _FONTS / f"FacteurSans-{self.name.capitalize()}.ttf"


class Advances(dict[str, int]):
    """Character → advance width, in thousandths of the font size."""

    def of(self, text: str) -> int:
        """The width of a text that has been through ``printable``."""
        return sum(map(self.__getitem__, text))


@cache
def advances_of(weight: Weight) -> Advances:
    """The widths of all characters of a font."""
    with TTFont(weight.path, lazy=True) as font:
        per_em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return Advances(
            (chr(code), round(metrics[glyph][0] * 1000 / per_em))
            for code, glyph in font.getBestCmap().items()
        )


class _Printable(dict[int, str | None]):
    """Code point → printed text, computed at first use; a table for ``str.translate``."""

    def __missing__(self, code: int) -> str | None:
        printed = self[code] = _printed(chr(code))
        return printed


def _printed(character: str) -> str | None:
    if character in _LINE_ENDS:
        return "\n"
    advances = advances_of(Weight.REGULAR)
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return character if character in advances else " "
    if category in ("Cc", "Cf") or unicodedata.name(character, "").startswith("VARIATION SEL"):
        return None
    if character in advances:
        return character
    equivalent = unicodedata.normalize("NFKC", character)
    return equivalent if all(part in advances for part in equivalent) else _REPLACEMENT


_PRINTABLE: Final = _Printable()


def printable(text: str) -> str:
    """``text`` in characters that both fonts have; lines end in ``\\n``.

    Invisible controls go, look-alikes stand in for missing letters (``Ａ`` becomes ``A``), and what
    cannot be shown at all becomes U+FFFD, drawn as a hollow square.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_PRINTABLE)


def is_missing(character: str) -> bool:
    """Is this character printed as a hollow square?"""
    return _REPLACEMENT in printable(character)
