"""A subject that is a formula for the program that opens the export.

The attacker, a colleague or whoever names a document, writes text whose rest is a formula once a
spreadsheet splits the export at another character than the one it was written with. Whoever opens
it must see text, whatever the program splits at and whether or not it knows quotes.
"""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.functions.calling import INVOICE, Api

DELIMITERS = [";", ",", "\t", "|"]
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CALL = 'HYPERLINK("http://x.example";"a")'


def cells(text: str, delimiter: str) -> list[str]:
    """What programs may take for cells: with quotes, without, and by splitting alone."""
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="").readlines()
    quoting = csv.reader(lines, delimiter=delimiter)
    plain = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    split = re.split(rf"[{re.escape(delimiter)}\r\n]", text)
    return [cell for row in [*quoting, *plain, split] for cell in row]


def formulas(text: str) -> list[str]:
    """Everything that some program would calculate."""
    found = (cell.strip('" ') for delimiter in DELIMITERS for cell in cells(text, delimiter))
    return [cell for cell in found if cell.startswith(SIGNS)]


def export_of(api: Api, subject: str, language: str) -> str:
    api.send(api.create(INVOICE), subject=subject)
    return api("GET", "/v1/sends.csv", accept_language=language).text


@pytest.mark.feature("B14")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "a;", "a,", "a;;", 'a;"', "a, ", 'a,"";'])
def test_no_program_finds_a_formula(api: Api, language: str, sign: str, before: str) -> None:
    text = export_of(api, f"{before}{sign}{CALL}", language)

    assert formulas(text) == []
    assert CALL.replace('"', '""') in text


@given(
    subject=st.text(st.sampled_from("=+-@;,|\"' aF1"), min_size=1, max_size=30).map(
        lambda text: f"F{text}F"
    ),
    language=st.sampled_from(["fr", "en"]),
)
def test_no_subject_is_a_formula(subject: str, language: str) -> None:
    assert formulas(export_of(Api(), subject, language)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_people_write_is_exported_as_it_is(api: Api, language: str) -> None:
    usual = "Facture F-2026-0142 - Dupont, Lefèvre ; 12 + 3 = 15 à compta@dupont.example"

    text = export_of(api, usual, language)

    delimiter = {"fr": ";", "en": ","}[language]
    _, line = csv.reader(text.splitlines(), delimiter=delimiter)
    assert usual in line
