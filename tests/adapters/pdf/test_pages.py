"""Layout over pages: headers, feet, unbroken rows, nothing outside its place."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facteur.adapters.pdf.renderer import lay_out
from facteur.adapters.pdf.sheet import Page, Sheet, Text
from facteur.domain.content import Written
from facteur.domain.content_parts import Line
from tests.adapters.pdf.samples import (
    ENTRY,
    FULL,
    INVOICE,
    ON,
    ORDER,
    STAFF,
    line,
    pages,
    render,
)


def staff_of(count: int, **fields: str) -> Written:
    entries = tuple(
        ENTRY.model_copy(update={"last_name": f"Nom{number}", **fields}) for number in range(count)
    )
    return STAFF.model_copy(update={"entries": entries})


def invoice_of(*lines: Line, **fields: str) -> Written:
    return INVOICE.model_copy(update={"lines": lines, **fields})


def sheet_of(content: Written) -> Sheet:
    return lay_out(content, FULL, on=ON)


def texts(page: Page) -> list[Text]:
    return [drawn for drawn in page if isinstance(drawn, Text)]


def printed(page: Page) -> list[str]:
    return [drawn.text for drawn in texts(page)]


def overlaps(page: Page) -> Iterable[tuple[str, str]]:
    """Neighbouring texts on one line that overlap."""
    ordered = sorted(texts(page), key=lambda drawn: (drawn.y, drawn.x))
    for left, right in pairwise(ordered):
        if left.y == right.y and left.x + left.style.width(left.text) > right.x + 0.01:
            yield left.text, right.text


def outside(sheet: Sheet, page: Page) -> Iterable[str]:
    """Texts that cross a margin."""
    for drawn in texts(page):
        end = drawn.x + drawn.style.width(drawn.text)
        if drawn.x < sheet.left - 0.01 or end > sheet.right + 0.01 or drawn.y > sheet.size[1]:
            yield drawn.text


def assert_in_place(sheet: Sheet) -> None:
    for page in sheet.pages:
        assert not list(outside(sheet, page))
        assert not list(overlaps(page))


@pytest.mark.parametrize("count", [1, 30, 300])
def test_every_page_repeats_the_header_and_tells_its_number(count: int) -> None:
    printed_pages = pages(render(staff_of(count)))

    for number, page in enumerate(printed_pages, start=1):
        assert "Nom Prénom Poste Téléphone Email Horaires Remarques" in page
        assert f"Page {number}/{len(printed_pages)}" in page
        assert "SIREN 732 829 320" in page


def test_every_row_of_a_long_list_is_printed_once_and_in_order() -> None:
    printed_text = " ".join(pages(render(staff_of(300))))

    names = [word for word in printed_text.split() if word.startswith("Nom") and word != "Nom"]
    assert names == [f"Nom{number}" for number in range(300)]


def test_following_pages_say_what_they_belong_to() -> None:
    first, second, *_ = pages(render(invoice_of(*[line()] * 60)))

    assert not first.startswith("Facture F-2026-0142")
    assert second.startswith("Facture F-2026-0142 · Atelier Durand")


def test_a_list_with_much_to_tell_lies_on_its_side() -> None:
    wide, narrow = sheet_of(staff_of(2)), sheet_of(staff_of(2, notes=""))

    assert wide.size[0] > wide.size[1]
    assert narrow.size[0] < narrow.size[1]


def test_a_row_that_does_not_fit_moves_whole_to_the_next_page() -> None:
    tall = line("\n".join(f"Ligne{number}" for number in range(20)))

    sheet = sheet_of(invoice_of(*[line()] * 15, tall, line("Fin")))

    first, second = (printed(page) for page in sheet.pages)
    assert "Ligne0" not in first
    assert "Ligne0" in second
    assert "Ligne19" in second


def test_a_row_taller_than_a_page_is_continued() -> None:
    tall = line("\n".join(f"Ligne{number}" for number in range(120)))

    sheet = sheet_of(invoice_of(tall))

    found = [text for page in sheet.pages for text in printed(page) if text.startswith("Ligne")]
    assert found == [f"Ligne{number}" for number in range(120)]
    assert all("Désignation" in printed(page) for page in sheet.pages)
    assert_in_place(sheet)


@pytest.mark.parametrize("count", range(1, 70))
def test_totals_stand_under_a_line_of_the_table(count: int) -> None:
    sheet = sheet_of(invoice_of(*[line("Pose")] * count))

    (page,) = (page for page in sheet.pages if "Net à payer TTC" in printed(page))
    assert "Pose" in printed(page)
    assert "Total HT" in printed(page)


@pytest.mark.parametrize("count", range(15, 45))
def test_a_title_never_stands_alone_at_the_bottom(count: int) -> None:
    sheet = sheet_of(invoice_of(*[line()] * count, notes="Suite\n" * 3))

    for page in sheet.pages:
        below = (
            printed(page)[printed(page).index("Remarques") + 1 :]
            if ("Remarques" in printed(page))
            else ["Suite"]
        )
        assert below[0] == "Suite"


def test_long_notes_run_over_several_pages() -> None:
    notes = "\n".join(f"Note{number}" for number in range(150))

    sheet = sheet_of(ORDER.model_copy(update={"notes": notes}))

    found = [text for page in sheet.pages for text in printed(page) if text.startswith("Note")]
    assert found == notes.split()
    assert len(sheet.pages) == 4
    assert_in_place(sheet)


def test_the_largest_amounts_stay_in_their_columns() -> None:
    largest = line(
        "Mot " * 20, quantity="9999999999.9999", unit_price="-9999999999.9999", vat_rate="19.60"
    )

    sheet = sheet_of(invoice_of(largest, line(unit="palettes", vat_rate="5.5")))

    assert_in_place(sheet)
    assert "-99 999 999 999 998 000 000,00 €" in pages(render(invoice_of(largest, line())))[0]


def test_a_word_wider_than_its_column_is_broken() -> None:
    sheet = sheet_of(staff_of(1, email="a" * 190 + "@exemple.fr", position="b" * 200))

    assert_in_place(sheet)
    assert "".join(text for text in printed(sheet.pages[0]) if set(text) == {"b"}) == "b" * 200


def test_one_monstrous_name_does_not_starve_the_other_columns() -> None:
    usual = STAFF.entries * 12
    monster = ENTRY.model_copy(update={"last_name": "Wolfe" * 30, "notes": "mot " * 49})

    sheet = sheet_of(STAFF.model_copy(update={"entries": (*usual, monster)}))

    assert "Cheffe d’équipe" in printed(sheet.pages[0])
    assert "zoe@exemple.fr" in printed(sheet.pages[0])
    assert_in_place(sheet)


words = st.text(st.sampled_from("aW€Łœ Ωж\u0301-@.漢🎉\n\t\u200b"), max_size=60)
amounts = st.decimals("-9999999999", "9999999999", places=4)


@settings(max_examples=60)
@given(description=words, unit=words, quantity=amounts, price=amounts, name=words)
@example(description="", unit="", quantity=Decimal(0), price=Decimal(0), name="")
def test_whatever_is_typed_stays_in_its_place(
    description: str, unit: str, quantity: Decimal, price: Decimal, name: str
) -> None:
    odd = line().model_copy(
        update={
            "description": description,
            "unit": unit,
            "quantity": quantity,
            "unit_price": price,
        }
    )
    client = INVOICE.model_copy(update={"lines": (odd, line()), "name": name, "notes": name})

    sheet = sheet_of(client)

    assert_in_place(sheet)
