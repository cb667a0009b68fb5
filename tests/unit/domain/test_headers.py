"""What may stand in a header."""

from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.headers import check_header, check_stored_header


@pytest.mark.parametrize(
    "value",
    [
        "a\r\nBcc: x@y.fr",
        "a\n",
        "\r",
        "a\x00",
        "\x1b[0m",
        "a\x7f",
        "a\x85b",
        "a\u2028b",
        "a\u2029b",
    ],
)
def test_line_breaks_and_control_characters_are_refused(value: str) -> None:
    [problem] = check_header(value, field="subject")

    assert (problem.field, problem.code) == ("subject", "control_character")


@pytest.mark.parametrize(
    "value",
    [
        "=?utf-8?q?a?=",
        "x =?ISO-8859-1?B?YQ==?= y",
        "=?utf-8*fr?Q?a?=",
        "=?utf-8?q?a b?=",
        "=?utf-8?q?a?b?=",
        "=??b?YQ==?=",
        "=?x?Q?a?? ?=",
    ],
)
def test_encoded_words_are_refused(value: str) -> None:
    [problem] = check_header(value, field="name")

    assert problem.code == "encoded_word"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Facture «F-1» – Café",
        "1 + 1 =? 2",
        "a?=b",
        "=?",
        "😀",
        "a  b",
        "\u00a0",
        "=?q?",
        "=?a?q?=",
    ],
)
def test_what_people_write_is_accepted(value: str) -> None:
    assert check_header(value, field="subject") == []


@pytest.mark.parametrize(
    "character", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
def test_characters_that_change_the_direction_of_text_are_refused(character: str) -> None:
    [problem] = check_header(f"Facture {character}fdp.exe", field="subject")

    assert problem.code == "direction_character"


@pytest.mark.parametrize("value", ["חשבונית 142", "فاتورة", "👨\u200d👩"])
def test_text_that_is_written_from_right_to_left_is_accepted(value: str) -> None:
    assert check_header(value, field="subject") == []


def test_what_was_stored_before_direction_was_checked_may_still_be_sent() -> None:
    assert check_stored_header("Facture \u202e142", field="subject") == []


@given(value=st.text(st.sampled_from("=?utf-8qQbB aé"), max_size=40))
def test_accepted_text_is_never_decoded_into_something_else(value: str) -> None:
    if not check_header(value, field="subject"):
        assert str(make_header(decode_header(value))) == value
