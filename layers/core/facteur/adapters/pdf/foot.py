"""The foot of every page: the legal identity of the company, and the page number."""

from typing import Final

from facteur.adapters.pdf.legal import identity
from facteur.adapters.pdf.sheet import MARGIN, PORTRAIT, Rule, Sheet, Text
from facteur.adapters.pdf.style import FOOT, LINE
from facteur.adapters.pdf.wrapping import wrap
from facteur.domain.settings import OrganizationSettings
from facteur.locales import language_of

_ABOVE_RULE: Final = 14.0
_BELOW_RULE: Final = 7.0
_BELOW_TEXT: Final = 26.0
_PAGE_NUMBER: Final = 64.0


def new_sheet(
    settings: OrganizationSettings, *, running: str, size: tuple[float, float] = PORTRAIT
) -> Sheet:
    """An empty sheet that reserves the height of the foot."""
    text = max(1, len(_lines(settings, size[0]))) * FOOT.leading
    return Sheet(size=size, foot=_ABOVE_RULE + _BELOW_RULE + text + _BELOW_TEXT, running=running)


def draw_feet(sheet: Sheet, settings: OrganizationSettings) -> None:
    """Print the foot of every page, once all pages are laid out."""
    words, lines = language_of(settings.locale).pdf, _lines(settings, sheet.size[0])
    rule = Rule(sheet.left, sheet.bottom + _ABOVE_RULE, sheet.width, 0.5, LINE)
    for number, page in enumerate(sheet.pages, start=1):
        page.append(rule)
        top = rule.y + _BELOW_RULE + FOOT.baseline
        for index, line in enumerate(lines):
            page.append(Text(sheet.left, top + index * FOOT.leading, line, FOOT))
        place = words.page.format(page=number, pages=len(sheet.pages))
        page.append(Text(sheet.right - FOOT.width(place), top, place, FOOT))


def _lines(settings: OrganizationSettings, page_width: float) -> list[str]:
    width = page_width - 2 * MARGIN - _PAGE_NUMBER
    words = language_of(settings.locale).pdf
    return [line for text in identity(settings, words) for line in wrap(text, FOOT, width)]
