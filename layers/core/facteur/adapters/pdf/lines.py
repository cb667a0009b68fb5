"""The table of lines and the totals of invoices and orders."""

from collections.abc import Sequence
from typing import Final

from facteur.adapters.pdf.formats import Formats, formats_of
from facteur.adapters.pdf.letterhead import SIDE
from facteur.adapters.pdf.sheet import Sheet
from facteur.adapters.pdf.style import BODY, QUIET, TINT, TOTAL, Style
from facteur.adapters.pdf.table import Cells, Column, Table, without_empty_columns
from facteur.domain.amounts import Totals, line_total, totals_of
from facteur.domain.content_parts import Line
from facteur.locales import Locale, language_of
from facteur.locales.shape import PdfWords

_BEFORE: Final = 10.0
_ROW: Final = 17.0
_BAND: Final = 30.0
_OVERHANG: Final = 10.0

type Amount = tuple[str, str]
"""A label and a printed amount."""


def draw_lines(
    sheet: Sheet, lines: Sequence[Line], locale: Locale, *, final: str, with_vat: bool
) -> None:
    """Print the table of lines, then the totals; ``final`` is the label of the last one.

    The totals are always on a page with a line. Without ``with_vat``, no VAT is printed.
    """
    words, formats = language_of(locale).pdf, formats_of(locale)
    totals = totals_of(lines)
    above = _sums(totals, words, formats, with_vat=with_vat)
    columns = [
        Column(title=words.description, grows=True),
        Column(title=words.quantity, figures=True),
        Column(title=words.unit),
        Column(title=words.unit_price, figures=True),
        Column(title=words.vat, style=QUIET, figures=True),
        Column(title=words.line_total, figures=True),
    ]
    rows = [_cells(line, formats, with_vat=with_vat) for line in lines]
    height = _BEFORE + len(above) * _ROW + _BAND
    Table(sheet, *without_empty_columns(columns, rows)).draw(with_last=height)
    sheet.need(height)
    sheet.y += _BEFORE
    _draw_totals(sheet, above, (final, formats.money(totals.gross)))


def _cells(line: Line, formats: Formats, *, with_vat: bool) -> Cells:
    return (
        line.description,
        formats.quantity(line.quantity),
        line.unit,
        formats.price(line.unit_price),
        formats.rate(line.vat_rate) if with_vat else "",
        formats.money(line_total(line)),
    )


def _sums(totals: Totals, words: PdfWords, formats: Formats, *, with_vat: bool) -> list[Amount]:
    sums = [(words.total_net, formats.money(totals.net))]
    if not with_vat:
        return sums
    label = words.vat_at if len(totals.rates) == 1 else words.vat_at_on
    for rate in totals.rates:
        name = label.format(rate=formats.rate(rate.rate), net=formats.money(rate.net))
        sums.append((name, formats.money(rate.vat)))
    return sums


def _draw_totals(sheet: Sheet, above: Sequence[Amount], final: Amount) -> None:
    width = max(SIDE, _width(final, TOTAL), *(_width(amount, BODY) for amount in above))
    left = sheet.right - width
    for label, amount in above:
        sheet.line(left, label, QUIET)
        sheet.line(0, amount, BODY, right=sheet.right)
        sheet.y += _ROW
    # The band is wider than its texts, which stay aligned with those around it.
    sheet.box(left - _OVERHANG, width + 2 * _OVERHANG, _BAND, TINT)
    sheet.y += (_BAND - TOTAL.leading) / 2
    sheet.line(left, final[0], TOTAL)
    sheet.line(0, final[1], TOTAL, right=sheet.right)
    sheet.y += (_BAND + TOTAL.leading) / 2


def _width(amount: Amount, style: Style) -> float:
    return sum(map(style.width, amount)) + 2 * _OVERHANG
