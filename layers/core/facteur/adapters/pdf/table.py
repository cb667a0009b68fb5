"""Tables: a header on every page, rows kept whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from facteur.adapters.pdf.sheet import Sheet, Text
from facteur.adapters.pdf.style import ACCENT, BODY, LABEL, LINE, Style
from facteur.adapters.pdf.typeface import printable
from facteur.adapters.pdf.widths import Wish, common_word_width, natural_width, share_out
from facteur.adapters.pdf.wrapping import wrap_printable

_GAP: Final = 11.0
_PADDING: Final = 4.0
_HEADER: Final = LABEL.leading + 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. ``figures`` are right-aligned and never wrap; ``grows``: takes the
    remaining width."""

    title: str
    style: Style = BODY
    figures: bool = False
    grows: bool = False


type Cells = Sequence[str]
type Row = list[list[str]]
"""The lines of each cell."""


def without_empty_columns(
    columns: Sequence[Column], rows: Sequence[Cells]
) -> tuple[list[Column], list[Cells]]:
    """The table without the columns that are empty in every row."""
    kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    return [columns[index] for index in kept], [[row[index] for index in kept] for row in rows]


class Table:
    """A table of one row or more, as wide as its sheet. Columns have one leading."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], rows: Sequence[Cells]) -> None:
        self._sheet = sheet
        self._rows = [[printable(cell) for cell in row] for row in rows]
        wishes = [
            _wish(column, cells)
            for column, cells in zip(columns, zip(*self._rows, strict=True), strict=True)
        ]
        widths = share_out(wishes, sheet.width - _GAP * (len(columns) - 1))
        lefts = [sheet.left + sum(widths[:at]) + _GAP * at for at in range(len(columns))]
        self._places = list(zip(columns, lefts, widths, strict=True))
        self._leading = columns[0].style.leading

    def draw(self, *, with_last: float = 0) -> None:
        """Print header and rows; below the last row, the page keeps a height of ``with_last``."""
        sheet = self._sheet
        rows = [self._wrapped(cells) for cells in self._rows]
        sheet.need(min(_HEADER + self._height(rows[0]), sheet.fresh / 2))
        self._header()
        sheet.on_turn.append(self._header)
        for row in rows[:-1]:
            self._row(row, 0)
        self._row(rows[-1], with_last)
        sheet.on_turn.remove(self._header)

    def _wrapped(self, cells: Cells) -> Row:
        return [
            wrap_printable(cell, column.style, width) if cell else []
            for cell, (column, _, width) in zip(cells, self._places, strict=True)
        ]

    def _height(self, row: Row) -> float:
        return max(map(len, row)) * self._leading + 2 * _PADDING

    def _header(self) -> None:
        sheet = self._sheet
        for column, left, width in self._places:
            right = left + width if column.figures else None
            sheet.line(left, column.title, LABEL, right=right)
        sheet.y += LABEL.leading + 4
        sheet.rule(ACCENT, thickness=1)
        sheet.y += _HEADER - LABEL.leading - 4

    def _row(self, row: Row, below: float) -> None:
        sheet = self._sheet
        height = self._height(row) + below
        if sheet.room < height <= sheet.fresh - _HEADER:
            sheet.turn()
        while sheet.room < self._height(row):
            fitting = int((sheet.room - 2 * _PADDING) // self._leading)
            if fitting > 1:
                self._print([lines[:fitting] for lines in row])
                row = [lines[fitting:] for lines in row]
            sheet.turn()
        self._print(row)

    def _print(self, row: Row) -> None:
        sheet, leading = self._sheet, self._leading
        sheet.y += _PADDING
        for (column, left, width), lines in zip(self._places, row, strict=True):
            style = column.style
            y = sheet.y + style.baseline
            for line in lines:
                x = left + width - style.width(line) if column.figures else left
                sheet.page.append(Text(x, y, line, style))
                y += leading
        sheet.y += max(map(len, row)) * leading + _PADDING
        sheet.rule(LINE, thickness=0.5)


def _wish(column: Column, cells: Cells) -> Wish:
    title = LABEL.width(column.title)
    return Wish(
        natural=max(title, natural_width(cells, column.style)),
        least=max(title, common_word_width(cells, column.style)),
        grows=column.grows,
        is_figures=column.figures,
    )
