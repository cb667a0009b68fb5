"""Which characters are printed, and what replaces the others."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facteur.adapters.pdf.renderer import PdfRenderer
from facteur.adapters.pdf.style import BODY
from facteur.adapters.pdf.typeface import Weight, advances_of, printable
from facteur.adapters.pdf.wrapping import shortened, wrap
from tests.adapters.pdf.samples import BARE, ENTRY, INVOICE, STAFF, line, render, text


def printed_name(name: str) -> str:
    entry = ENTRY.model_copy(update={"last_name": name, "first_name": name})
    return text(STAFF.model_copy(update={"entries": (entry,)}))


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz",
        "Œdipe",
        "Ñandú ÿ",
        "Țuțu Șerban",
        "Đặng Nguyễn",
        "Żółć",
        "Þórður",
        "Γιώργος",
        "Екатерина Ђорђевић",
        "İpek Ağaoğlu",
        "Őry ű",
        "Ǩeʹmm Ǥõõljäʹvrr Ʒʒ Ǯǯ",
        "Līvõ kēļ Ǟǟ Ȯȯ Ȱȱ Ȭȭ Ḑḑ",
        "გიორგი ბერიძე",
        "Արամ Խաչատրյան",
        "Әнвәр Җәлилов",
        "€ £ ₺ ₴",
        "« l’été » – 5 ‰ …",
    ],
)
def test_every_european_name_is_printed(name: str) -> None:
    assert name in printed_name(name)


def test_letters_typed_in_parts_are_joined() -> None:
    assert printable("e\u0301te\u0301") == "été"


@pytest.mark.parametrize("character", ["🎉", "漢", "א", "ب", "\ud800", "\ue000"])
def test_what_the_font_lacks_is_visibly_replaced(character: str) -> None:
    assert "Nom\ufffdNom" in printed_name(f"Nom{character}Nom")


@pytest.mark.feature("B39")
def test_characters_that_are_replaced_by_squares_can_be_told_beforehand() -> None:
    assert PdfRenderer().unprintable("aé漢 \n\u200bא≈🎉ﬀ") == "漢א🎉"


def test_look_alikes_stand_in_for_letters_the_font_lacks() -> None:
    assert printable("ＡＢ 𝐂𝐃 ﬀ") == "AB CD ff"


def test_invisible_controls_are_left_out() -> None:
    assert printable("a\x00b\x1b\u200bc\u202e\ufeff\u00add\ufe0f") == "abcd"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_every_kind_of_line_end_ends_a_line(end: str) -> None:
    assert wrap(f"un{end}deux", BODY, 200) == ["un", "deux"]


def test_markup_is_printed_literally() -> None:
    markup = "**gras** <b>&amp;</b> {nb} --x-- (a\\b) %PDF"

    assert markup in printed_name(markup)


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_text_at_all_can_be_printed(anything: str) -> None:
    content = INVOICE.model_copy(
        update={
            "name": anything,
            "number": anything,
            "lines": (line(anything if anything.strip() else "x"),),
        }
    )

    pdf = render(content, replace(BARE, name=anything))

    assert pdf.startswith(b"%PDF-")


@given(st.text())
def test_printable_text_has_only_characters_of_both_fonts(anything: str) -> None:
    result = set(printable(anything)) - {"\n"}

    assert result <= advances_of(Weight.REGULAR).keys()
    assert result <= advances_of(Weight.SEMIBOLD).keys()


@given(st.text(), st.floats(10, 300))
def test_wrapping_loses_nothing_but_spaces_and_overflows_nowhere(
    anything: str, width: float
) -> None:
    lines = wrap(anything, BODY, width)

    kept, given_ = (re.sub(r"\s", "", part) for part in ("".join(lines), printable(anything)))
    assert kept == given_
    for wrapped in lines:
        assert BODY.width(wrapped) <= width or len(wrapped) == 1


def test_a_long_word_is_broken_after_a_sign_where_there_is_one() -> None:
    assert wrap("jean-baptiste.lefevre@exemple.fr", BODY, 70) == [
        "jean-baptiste.",
        "lefevre@",
        "exemple.fr",
    ]


def test_a_text_shortened_to_a_line_ends_in_an_ellipsis() -> None:
    result = shortened("Liste de personnel du chantier de la gare", BODY, 100)

    assert result.startswith("Liste de")
    assert result.endswith("…")
    assert BODY.width(result) <= 100
