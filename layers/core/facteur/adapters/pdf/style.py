"""Design constants: measures in points, colours and text styles."""

from typing import Final, NamedTuple

from facteur.adapters.pdf.typeface import Weight, advances_of


class Colour(NamedTuple):
    """Red, green, blue, 0 to 255."""

    red: int
    green: int
    blue: int


INK: Final = Colour(23, 28, 38)
SOFT: Final = Colour(92, 101, 117)
LINE: Final = Colour(220, 224, 231)
ACCENT: Final = Colour(29, 66, 122)
TINT: Final = Colour(242, 245, 250)


class Style(NamedTuple):
    """A text style: weight, size and leading in points, colour."""

    weight: Weight
    size: float
    leading: float
    colour: Colour

    def width(self, printable_text: str) -> float:
        """The width of one line of printable text."""
        return advances_of(self.weight).of(printable_text) * self.size / 1000

    @property
    def baseline(self) -> float:
        """Distance from the top of a line to its baseline, which centres capitals."""
        return self.leading / 2 + self.size / 3


TITLE: Final = Style(Weight.SEMIBOLD, 25, 29, ACCENT)
SUBTITLE: Final = Style(Weight.SEMIBOLD, 12.5, 17, INK)
NAME: Final = Style(Weight.SEMIBOLD, 14, 18, INK)
PARTY: Final = Style(Weight.SEMIBOLD, 11, 15, INK)
BODY: Final = Style(Weight.REGULAR, 9.5, 13, INK)
STRONG: Final = Style(Weight.SEMIBOLD, 9.5, 13, INK)
QUIET: Final = Style(Weight.REGULAR, 9.5, 13, SOFT)
LABEL: Final = Style(Weight.SEMIBOLD, 8, 12, ACCENT)
SMALL: Final = Style(Weight.REGULAR, 8.5, 12, SOFT)
TOTAL: Final = Style(Weight.SEMIBOLD, 12.5, 16, ACCENT)
FOOT: Final = Style(Weight.REGULAR, 7, 9.5, SOFT)
