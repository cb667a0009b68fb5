"""Variables: what is not a variable stays as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.variables import VARIABLES, check_variables, escape_braces, replace_variables

VALUES = {"document_name": "Facture", "document_number": "F-1", "date": "31/12/2026"}
braced = st.text(st.sampled_from("{}adte_ "), max_size=30)


@pytest.mark.feature("S30")
@pytest.mark.feature("S31")
@pytest.mark.feature("S32")
def test_the_three_variables_are_replaced() -> None:
    text = "{document_name} ({document_number}) du {date}"

    assert check_variables(text, field="subject") == []
    assert replace_variables(text, VALUES) == "Facture (F-1) du 31/12/2026"


@given(text=st.text(max_size=80))
def test_escaped_text_has_no_problem_and_comes_back_unchanged(text: str) -> None:
    escaped = escape_braces(text)

    assert check_variables(escaped, field="body") == []
    assert replace_variables(escaped, {}) == text


@given(value=st.text(max_size=40) | st.sampled_from(["{date}", "{{", "}", "{x}"]))
def test_value_is_inserted_as_it_is_and_never_read_again(value: str) -> None:
    replaced = replace_variables("<{document_name}|{date}>", dict.fromkeys(VARIABLES, value))

    assert replaced == f"<{value}|{value}>"


@given(text=braced)
def test_text_without_problem_can_be_replaced_and_text_with_one_says_where(text: str) -> None:
    problems = check_variables(text, field="body")

    if not problems:
        assert replace_variables(text, VALUES).count("{") == text.count("{{")
    for problem in problems:
        assert problem.code in ("unknown_variable", "unbalanced_brace")


@given(parts=st.lists(st.sampled_from(["{{", "}}", "{date}", "a", "é\n"])))
def test_any_sequence_of_proper_parts_is_replaced_part_by_part(parts: list[str]) -> None:
    shown = {"{{": "{", "}}": "}", "{date}": VALUES["date"]}
    text = "".join(parts)

    assert check_variables(text, field="body") == []
    assert replace_variables(text, VALUES) == "".join(shown.get(part, part) for part in parts)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("{nom}", [("unknown_variable", "nom")]),
        ("{}", [("unknown_variable", "")]),
        ("{Date}", [("unknown_variable", "Date")]),
        ("{ date }", [("unknown_variable", " date ")]),
        ("{date.year} {0}", [("unknown_variable", "date.year"), ("unknown_variable", "0")]),
        ("{date!r}", [("unknown_variable", "date!r")]),
        ("abc{", [("unbalanced_brace", 4)]),
        ("a } b", [("unbalanced_brace", 3)]),
        ("{{date}", [("unbalanced_brace", 7)]),
    ],
)
def test_every_problem_is_named(text: str, problems: list[tuple[str, str | int]]) -> None:
    found = check_variables(text, field="subject")

    assert [
        (problem.code, problem.params.get("name", problem.params.get("position")))
        for problem in found
    ] == problems


def test_unknown_variable_comes_with_the_known_ones() -> None:
    [problem] = check_variables("{nom}", field="subject")

    assert problem.params["known"] == "{document_name}, {document_number}, {date}"
