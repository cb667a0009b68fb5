"""Column widths of a table, computed from its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from facteur.adapters.pdf.style import Style

_WORD_SHARE: Final = 0.3
"""Share of the total width that a column may get for one unbreakable word."""
_NEARLY_ALL: Final = 0.85
_NARROWEST: Final = 24.0
_STEPS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The width requirements of a column.

    ``natural`` is the width with every cell on one line, ``least`` the smallest acceptable width; a
    column of figures never wraps. ``grows``: takes the remaining width.
    """

    natural: float
    least: float
    grows: bool = False
    is_figures: bool = False


def natural_width(cells: Iterable[str], style: Style) -> float:
    """The width of the widest line of printable cells."""
    return max((style.width(line) for cell in set(cells) for line in cell.split("\n")), default=0)


def common_word_width(cells: Iterable[str], style: Style) -> float:
    """A width that fits the words of nearly all printable cells; extreme ones may break."""
    widest = sorted(max(map(style.width, words)) for cell in set(cells) if (words := cell.split()))
    return widest[int(_NEARLY_ALL * (len(widest) - 1))] if widest else 0


def share_out(wishes: Sequence[Wish], room: float) -> list[float]:
    """Widths that add up to ``room``.

    When all cells fit on one line, the growing columns share the rest, or all but the figures if
    none grows. Otherwise columns are reduced to a common width, so that a long remark wraps
    before a short name does.
    """
    naturals = [wish.natural for wish in wishes]
    spare = room - sum(naturals)
    if spare >= 0:
        growing = [wish.grows for wish in wishes]
        if not any(growing):
            growing = [not wish.is_figures for wish in wishes]
        each = spare / sum(growing)
        return [natural + each * grows for natural, grows in zip(naturals, growing, strict=True)]
    floors = _floors(wishes, room)
    low, high = 0.0, max(naturals)
    for _ in range(_STEPS):
        level = (low + high) / 2
        if sum(_at(wishes, floors, level)) > room:
            high = level
        else:
            low = level
    return _at(wishes, floors, low)


def _at(wishes: Sequence[Wish], floors: Sequence[float], level: float) -> list[float]:
    return [
        max(floor, min(wish.natural, level)) for wish, floor in zip(wishes, floors, strict=True)
    ]


def _floors(wishes: Sequence[Wish], room: float) -> list[float]:
    figures = sum(wish.natural for wish in wishes if wish.is_figures)
    words = [0 if wish.is_figures else min(wish.least, _WORD_SHARE * room) for wish in wishes]
    scale = min(1, (room - figures) / (sum(words) or 1))
    return [
        wish.natural if wish.is_figures else max(_NARROWEST, word * scale)
        for wish, word in zip(wishes, words, strict=True)
    ]
