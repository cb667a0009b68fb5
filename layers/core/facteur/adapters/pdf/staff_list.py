"""Staff lists: who works where and when, on the date of the list."""

from datetime import date
from typing import Final

from facteur.adapters.pdf.foot import new_sheet
from facteur.adapters.pdf.formats import formats_of
from facteur.adapters.pdf.letterhead import Block, Fact, Head, draw_head
from facteur.adapters.pdf.sections import draw_section
from facteur.adapters.pdf.sheet import LANDSCAPE, PORTRAIT, Sheet
from facteur.adapters.pdf.style import INK, NAME, QUIET, SOFT, Style
from facteur.adapters.pdf.table import Cells, Column, Table, without_empty_columns
from facteur.adapters.pdf.typeface import Weight
from facteur.domain.content import StaffList
from facteur.domain.content_parts import StaffEntry
from facteur.domain.settings import OrganizationSettings
from facteur.domain.wording import type_label
from facteur.locales import language_of
from facteur.locales.shape import PdfWords

_PORTRAIT_COLUMNS: Final = 7
"""A list with more columns is printed in landscape."""

_CELL: Final = Style(Weight.REGULAR, 9, 12, INK)
_LAST_NAME: Final = Style(Weight.SEMIBOLD, 9, 12, INK)
_ASIDE: Final = Style(Weight.REGULAR, 9, 12, SOFT)


def lay_out(content: StaffList, settings: OrganizationSettings, *, on: date) -> Sheet:
    """The pages of a list dated ``on``, without the feet."""
    words, formats = language_of(settings.locale).pdf, formats_of(settings.locale)
    label = type_label(content.type, settings.locale)
    columns, rows = without_empty_columns(_columns(words), _rows(content, words))
    sheet = new_sheet(
        settings,
        running=f"{label} · {content.name} · {formats.date(on)}",
        size=PORTRAIT if len(columns) <= _PORTRAIT_COLUMNS else LANDSCAPE,
    )
    count = len(content.entries)
    headcount = words.people(count) if count else ""
    head = Head(
        title=label,
        subtitle=formats.date(on),
        aside=formats.weekday(on),
        left=[Block("", [(content.name, NAME), (content.site, QUIET)])],
        right=[
            Fact(words.number, content.number),
            Fact(words.headcount, headcount),
        ],
        is_letter=False,
    )
    draw_head(sheet, head, settings)
    if rows:
        Table(sheet, columns, rows).draw()
    else:
        sheet.lines(sheet.left, words.nobody, QUIET, width=sheet.width)
    draw_section(sheet, words.notes, content.notes)
    return sheet


def _columns(words: PdfWords) -> list[Column]:
    return [
        Column(title="", style=_ASIDE, figures=True),
        Column(title=words.last_name, style=_LAST_NAME),
        Column(title=words.first_name, style=_CELL),
        Column(title=words.position, style=_CELL),
        Column(title=words.phone, style=_CELL),
        Column(title=words.email, style=_CELL),
        Column(title=words.hours, style=_CELL),
        Column(title=words.remarks, style=_ASIDE),
    ]


def _rows(content: StaffList, words: PdfWords) -> list[Cells]:
    return [
        (
            str(number),
            entry.last_name,
            entry.first_name,
            entry.position,
            entry.phone,
            entry.email,
            _hours(entry, words),
            entry.notes,
        )
        for number, entry in enumerate(content.entries, start=1)
    ]


def _hours(entry: StaffEntry, words: PdfWords) -> str:
    if entry.start and entry.end:
        return f"{entry.start} – {entry.end}"
    if entry.start:
        return words.since.format(time=entry.start)
    return words.until.format(time=entry.end) if entry.end else ""
