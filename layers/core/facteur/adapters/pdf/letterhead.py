"""The head of a document: sender, title, facts and addressee."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from facteur.adapters.pdf.logo import Logo, logo_of
from facteur.adapters.pdf.sheet import Picture, Sheet, Text
from facteur.adapters.pdf.style import (
    BODY,
    LABEL,
    NAME,
    QUIET,
    SMALL,
    STRONG,
    SUBTITLE,
    TITLE,
    Style,
)
from facteur.adapters.pdf.wrapping import wrap
from facteur.domain.settings import OrganizationSettings

SIDE: Final = 227.0
"""Width of the right-hand column, which is behind the window of a French envelope."""
_GUTTER: Final = 24.0
_FACT_LABEL: Final = 96.0
_WINDOW: Final = 142.0
"""Distance from the top of the page to the window of an envelope."""
_AFTER: Final = 22.0
_BETWEEN_BLOCKS: Final = 8.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value; not printed when it is empty."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled block of lines; empty lines are left out."""

    label: str
    lines: Sequence[tuple[str, Style]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The content of the top of the first page.

    ``aside`` follows the subtitle on its line, in a quiet style. ``left`` and ``right`` are facts
    and blocks printed below sender and title, in order. ``is_letter`` places them behind the window
    of an envelope.
    """

    title: str
    subtitle: str
    aside: str = ""
    left: Sequence[Fact | Block]
    right: Sequence[Fact | Block]
    is_letter: bool = True


class _Stack:
    """A column of the head, with a ``y`` of its own that starts at the sheet's."""

    def __init__(self, sheet: Sheet, x: float, width: float) -> None:
        self._sheet = sheet
        self._x = x
        self._width = width
        self._top = self.y = sheet.y

    def text(self, text: str, style: Style, *, indent: float = 0) -> None:
        for line in wrap(text, style, self._width - indent):
            self._sheet.page.append(Text(self._x + indent, self.y + style.baseline, line, style))
            self.y += style.leading

    def picture(self, logo: Logo) -> None:
        self._sheet.page.append(Picture(self._x, self.y, logo.width, logo.height, logo.file))
        self.y += logo.height + 8

    def put(self, item: Fact | Block) -> None:
        match item:
            case Fact() if item.value:
                self._fact(item)
            case Block() if any(text for text, _ in item.lines):
                self._block(item)

    def _fact(self, fact: Fact) -> None:
        top = self.y
        self.text(fact.label, QUIET)
        below, self.y = self.y, top
        self.text(fact.value, BODY, indent=_FACT_LABEL)
        self.y = max(self.y, below) + 2

    def _block(self, block: Block) -> None:
        if self.y > self._top:
            self.y += _BETWEEN_BLOCKS
        if block.label:
            self.text(block.label, LABEL)
            self.y += 2
        for text, style in block.lines:
            self.text(text, style)


def draw_head(sheet: Sheet, head: Head, settings: OrganizationSettings) -> None:
    """Print the head of the first page and move ``y`` below it."""
    split = sheet.right - SIDE
    left_width = split - _GUTTER - sheet.left
    sender, title = _Stack(sheet, sheet.left, left_width), _Stack(sheet, split, SIDE)
    _put_sender(sender, settings)
    title.text(head.title, TITLE)
    subtitle_y = title.y
    title.text(head.subtitle, SUBTITLE)
    if head.aside:
        x = split + SUBTITLE.width(f"{head.subtitle}  ")
        sheet.page.append(Text(x, subtitle_y + SUBTITLE.baseline, head.aside, QUIET))
    sheet.y = max(sender.y + _AFTER, title.y + _AFTER, _WINDOW if head.is_letter else 0)
    left, right = _Stack(sheet, sheet.left, left_width), _Stack(sheet, split, SIDE)
    for item in head.left:
        left.put(item)
    for item in head.right:
        right.put(item)
    sheet.y = max(left.y, right.y) + _AFTER


def _put_sender(stack: _Stack, settings: OrganizationSettings) -> None:
    logo = logo_of(settings.logo)
    if logo is None:
        stack.y += TITLE.baseline - NAME.baseline
        stack.text(settings.name, NAME)
        stack.y += 3
    else:
        stack.y += TITLE.baseline - TITLE.size * 2 / 3
        stack.picture(logo)
        stack.text(settings.name, STRONG)
    for line in settings.address:
        stack.text(line, SMALL)
