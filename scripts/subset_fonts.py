"""Makes the fonts of the PDFs from Source Sans 3: fewer characters, no layout tables, a new name.

Letters of European languages that it lacks come from Noto Sans: Skolt Sami and Livonian ones, the
Cyrillic of the languages of Russia, Georgian and Armenian.

    npm pack source-sans@3.52.0 @expo-google-fonts/noto-sans@0.4.2 \\
        @expo-google-fonts/noto-sans-georgian@0.4.3 @expo-google-fonts/noto-sans-armenian@0.4.2
    for archive in *.tgz; do
        mkdir ${archive%-[0-9]*} && tar xzf $archive -C ${archive%-[0-9]*}
    done
    python -m scripts.subset_fonts .

Each PDF embeds the characters that it uses; extracting them from a small file takes a fraction of
the time. The licence (OFL) reserves the name "Source", so the result has another.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

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
ADDED: Final = {
    "noto-sans": ((0x0180, 0x024F), (0x0292, 0x0292), (0x0400, 0x052F), (0x1E00, 0x1EFF)),
    "noto-sans-georgian": ((0x10A0, 0x10FF), (0x1C90, 0x1CBF)),
    "noto-sans-armenian": ((0x0531, 0x0556), (0x0559, 0x058A), (0x058F, 0x058F)),
}
"""What of these ranges is missing is taken from another font."""
ADDED_WEIGHTS: Final = {"Regular": "400Regular", "Semibold": "600SemiBold"}
UNITS_PER_EM: Final = 1000
ADDED_SIZE: Final = 907
"""Units per em to which Noto Sans is scaled, for small letters as high as those of Source Sans."""
NARROW_SPACE: Final = 0x202F
NARROW_SPACE_WIDTH: Final = 165
"""Source Sans has 120, too narrow to separate the thousands of «1 234 567» in small sizes."""
REPLACEMENT: Final = 0xFFFD
HOLLOW_SQUARE: Final = 0x25A1
FAMILY_NAME, FULL_NAME, POSTSCRIPT_NAME = 1, 4, 6


def subset(font: TTFont, characters: set[int]) -> None:
    """Reduce a font to these characters, without layout tables and hints."""
    options = Options(
        hinting=False,
        layout_features=[],
        glyph_names=True,  # without them, names are generated each time the font is read
        notdef_outline=True,
        recommended_glyphs=True,
        name_IDs=[FAMILY_NAME, FULL_NAME, POSTSCRIPT_NAME],  # copyright and licence: LICENSE.md
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "MVAR", "STAT", "gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    keep_one_character_map(font)


def characters_of(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    """The code points of ranges whose ends belong to them."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def make(sources: Path, target: Path, weight: str) -> None:
    """Write the font of a weight: Source Sans, then what it lacks."""
    path = sources / "source-sans" / "package" / "TTF" / f"SourceSans3-{weight}.ttf"
    font = TTFont(path, recalcTimestamp=False)
    subset(font, characters_of(RANGES))
    with TemporaryDirectory() as folder:
        parts = [Path(folder) / "first.ttf"]
        font.save(parts[0])
        for addition in additions(sources, weight, set(font.getBestCmap())):
            parts.append(Path(folder) / f"{len(parts)}.ttf")
            addition.save(parts[-1])
        merged = Merger().merge([str(part) for part in parts])
    for name in ("hhea", "OS/2"):
        merged[name].__dict__.update(measures_of(font[name]))
    merged["head"].created, merged["head"].modified = font["head"].created, font["head"].modified
    show_replacement_as_square(merged)
    merged["hmtx"].metrics[merged.getBestCmap()[NARROW_SPACE]] = (NARROW_SPACE_WIDTH, 0)
    rename(merged, weight)
    merged.recalcTimestamp = False
    merged.save(target)


def additions(sources: Path, weight: str, known: set[int]) -> Iterator[TTFont]:
    """Other fonts, reduced to what is missing in ``known``."""
    for name, ranges in ADDED.items():
        folder = sources / f"expo-google-fonts-{name}" / "package" / ADDED_WEIGHTS[weight]
        (path,) = folder.glob("*.ttf")
        font = TTFont(path, recalcTimestamp=False)
        subset(font, characters_of(ranges) - known)
        scale_upem(font, ADDED_SIZE)
        font["head"].unitsPerEm = UNITS_PER_EM
        yield font


def measures_of(table: object) -> dict[str, object]:
    """The vertical measures of a table: they stay those of the first font."""
    prefixes = ("ascent", "descent", "lineGap", "sTypo", "usWin", "sxHeight", "sCapHeight")
    return {name: value for name, value in vars(table).items() if name.startswith(prefixes)}


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


def licence(sources: Path) -> str:
    """The licence, which is the same for all, with the copyrights of the other fonts."""
    text = (sources / "source-sans" / "package" / "LICENSE.md").read_text("utf-8")
    copyrights = {
        (sources / f"expo-google-fonts-{name}" / "package" / "LICENSE_FONT")
        .read_text("utf-8")
        .partition("\n")[0]
        for name in ADDED
    }
    noto = "\n\n".join(sorted(copyrights))
    return f"{text.rstrip()}\n\n---\n\nParts from Noto Sans, under the same licence:\n\n{noto}\n"


def main(sources: Path) -> None:
    """Make both weights and their licence."""
    for weight in WEIGHTS:
        make(sources, TARGET / f"{FAMILY.replace(' ', '')}-{weight}.ttf", weight)
    (TARGET / "LICENSE.md").write_text(licence(sources), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
