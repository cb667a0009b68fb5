"""Pages being laid out: drawables at fixed places, and the position of the next line."""

from collections.abc import Callable
from typing import NamedTuple

from facteur.adapters.pdf.style import SMALL, Colour, Style
from facteur.adapters.pdf.wrapping import shortened, wrap
from facteur.domain.content_parts import MAX_PAGES
from facteur.domain.errors import TooManyPagesError

PORTRAIT = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)
"""A4."""
MARGIN = 48.0
_RUNNING = 28.0


class Text(NamedTuple):
    """A line of printable text with the left end of its baseline at ``x``, ``y``."""

    x: float
    y: float
    text: str
    style: Style


class Rule(NamedTuple):
    """A horizontal line."""

    x: float
    y: float
    width: float
    thickness: float
    colour: Colour


class Box(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


class Picture(NamedTuple):
    """A PNG or JPEG file, scaled to a rectangle."""

    x: float
    y: float
    width: float
    height: float
    file: bytes


type Drawable = Text | Rule | Box | Picture
type Page = list[Drawable]


class Sheet:
    """Pages filled from top to bottom. ``y`` is the top of the next line.

    ``foot`` is the height kept free at the bottom, margin included. ``running`` is
    printed at the top of each new page, then the functions ``on_turn`` are called.
    """

    def __init__(self, *, size: tuple[float, float], foot: float, running: str) -> None:
        self.size = size
        self.left = MARGIN
        self.right = size[0] - MARGIN
        self.width = self.right - self.left
        self.bottom = size[1] - foot
        self.fresh = self.bottom - MARGIN - _RUNNING
        """Height available on a new page."""
        self.pages: list[Page] = [[]]
        self.y = MARGIN
        self.on_turn: list[Callable[[], None]] = []
        self._running = running

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def room(self) -> float:
        """Height left on this page."""
        return self.bottom - self.y

    def turn(self) -> None:
        """Begin a page. Raises TooManyPagesError instead of beginning one beyond MAX_PAGES."""
        if len(self.pages) == MAX_PAGES:
            raise TooManyPagesError(MAX_PAGES)
        self.pages.append([])
        self.y = MARGIN
        self.line(self.left, shortened(self._running, SMALL, self.width), SMALL)
        self.y += _RUNNING
        for draw in self.on_turn:
            draw()

    def need(self, height: float) -> None:
        """Begin a page unless this one has room for ``height``."""
        if self.room < height:
            self.turn()

    def line(self, x: float, text: str, style: Style, *, right: float | None = None) -> None:
        """Print a line of printable text at ``y``, without moving on.

        With ``right``, it ends there and ``x`` is ignored.
        """
        if right is not None:
            x = right - style.width(text)
        self.page.append(Text(x, self.y + style.baseline, text, style))

    def lines(self, x: float, text: str, style: Style, *, width: float) -> None:
        """Print a text from ``y`` on, wrapped, and move ``y`` below it.

        Begins pages as needed; the last line is never alone on one.
        """
        lines = wrap(text, style, width)
        for left, line in zip(range(len(lines), 0, -1), lines, strict=True):
            self.need(style.leading * (2 if left == 2 else 1))
            self.line(x, line, style)
            self.y += style.leading

    def rule(self, colour: Colour, *, thickness: float) -> None:
        """Draw a line over the whole width at ``y``."""
        self.page.append(Rule(self.left, self.y, self.width, thickness, colour))

    def box(self, x: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle whose top is at ``y``."""
        self.page.append(Box(x, self.y, width, height, colour))
