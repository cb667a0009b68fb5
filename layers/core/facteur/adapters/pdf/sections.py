"""Titled texts below the tables."""

from facteur.adapters.pdf.sheet import Sheet
from facteur.adapters.pdf.style import BODY, LABEL, Style

_BEFORE = 14.0


def draw_section(sheet: Sheet, title: str, text: str, style: Style = BODY) -> None:
    """Print a text below its title, on one page with its first line; nothing if it is empty."""
    if not text:
        return
    sheet.y += _BEFORE
    sheet.need(LABEL.leading + 2 * style.leading)
    if title:
        sheet.line(sheet.left, title, LABEL)
        sheet.y += LABEL.leading + 2
    sheet.lines(sheet.left, text, style, width=sheet.width)
