"""Makes the fonts of the PDFs from Source Sans 3: fewer characters, no layout tables, a new name.

    npm pack source-sans@3.52.0 && tar xzf source-sans-3.52.0.tgz
    python -m scripts.subset_fonts package

Each PDF embeds the characters that it uses; extracting them from a small file takes a fraction of
the time. The licence (OFL) reserves the name "Source", so the result has another.
"""

import shutil
import sys
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET: Final = Path("layers/core/facteur/adapters/pdf/fonts")
FAMILY: Final = "Facteur Sans"
WEIGHTS: Final = ("Regular", "Semibold")

RANGES: Final = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B
    (0x0259, 0x0259),  # schwa, the small letter of U+018F
    (0x02B0, 0x036F),  # modifiers and combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese, Welsh
    (0x1F00, 0x1FFF),  # Greek Extended
    (0x2000, 0x206F),  # punctuation and spaces
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currencies
    (0x2100, 0x218F),  # letter-like: №, ™, fractions
    (0x2190, 0x21FF),  # arrows
    (0x2212, 0x2265),  # minus, ≈, ≠, ≤, ≥
    (0x25A0, 0x25CF),  # squares and bullets
)
NARROW_SPACE: Final = 0x202F
NARROW_SPACE_WIDTH: Final = 165
"""Source Sans has 120, too narrow to separate the thousands of «1 234 567» in small sizes."""
REPLACEMENT: Final = 0xFFFD
HOLLOW_SQUARE: Final = 0x25A1
FAMILY_NAME, FULL_NAME, POSTSCRIPT_NAME = 1, 4, 6


def subset(source: Path, target: Path, weight: str) -> None:
    """Write the font in ``source`` to ``target``, reduced to the characters of ``RANGES``."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        hinting=False,
        layout_features=[],
        glyph_names=True,  # without them, names are generated each time the font is read
        notdef_outline=True,
        recommended_glyphs=True,
        name_IDs=[FAMILY_NAME, FULL_NAME, POSTSCRIPT_NAME],  # copyright and licence: LICENSE.md
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for a, b in RANGES for code in range(a, b + 1)])
    subsetter.subset(font)
    keep_one_character_map(font)
    show_replacement_as_square(font)
    font["hmtx"].metrics[font.getBestCmap()[NARROW_SPACE]] = (NARROW_SPACE_WIDTH, 0)
    rename(font, weight)
    font.save(target)


def keep_one_character_map(font: TTFont) -> None:
    """Keep one of several equivalent character maps."""
    windows_unicode = font["cmap"].getcmap(3, 1)
    font["cmap"].tables = [windows_unicode]


def show_replacement_as_square(font: TTFont) -> None:
    """Give U+FFFD, which the font lacks, the glyph of the hollow square."""
    (table,) = font["cmap"].tables
    table.cmap[REPLACEMENT] = table.cmap[HOLLOW_SQUARE]


def rename(font: TTFont, weight: str) -> None:
    """Give the font a name that its licence does not reserve."""
    for record in font["name"].names:
        if record.nameID == FAMILY_NAME:
            record.string = FAMILY
        elif record.nameID == FULL_NAME:
            record.string = f"{FAMILY} {weight}"
        elif record.nameID == POSTSCRIPT_NAME:
            record.string = f"{FAMILY.replace(' ', '')}-{weight}"


def main(package: Path) -> None:
    """Make both weights and copy the licence into the same folder."""
    for weight in WEIGHTS:
        target = TARGET / f"{FAMILY.replace(' ', '')}-{weight}.ttf"
        subset(package / "TTF" / f"SourceSans3-{weight}.ttf", target, weight)
    shutil.copyfile(package / "LICENSE.md", TARGET / "LICENSE.md")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
