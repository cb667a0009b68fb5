"""Every code has a sentence in each language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from facteur.domain.settings import Locale
from facteur.http import validation
from facteur.http.sentences import SENTENCES, sentence

CORE = Path(__file__).parents[3] / "layers" / "core" / "facteur"
ANSWERED = {
    "StoreThrottledError": 0,
    "PreviewWarning": 0,
    "ConflictError": 0,
    "NotFoundError": 0,
    "Problem": 1,
    "TooLargeError": 0,
    "UnauthenticatedError": 0,
    "UnavailableError": 0,
    "matching": 1,
}
"""What a client may be told of, and which of its arguments is the code."""
ON_THE_WAY = {
    "validation_failed": "of InputError itself",
    "not_found": "of NotFoundError itself",
    "internal_error": "of what is no error of ours",
}
AMONG_WORKERS = {"campaign_moved", "send_contended"}
"""What only workers raise, and only workers catch."""


def codes_raised() -> Iterator[str]:
    for path in CORE.rglob("*.py"):
        if path.parent.name == "ses_events":
            continue  # what ``track`` refuses, nobody reads but the log
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = ANSWERED.get(node.func.id)
            if place is None or len(node.args) <= place:
                continue
            code = node.args[place]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value
    yield from validation.CODES


def test_every_code_that_is_raised_has_its_sentences() -> None:
    raised = set(codes_raised())

    assert len(raised) > 40
    assert raised <= SENTENCES.keys() | AMONG_WORKERS


def test_no_sentence_is_left_without_its_code() -> None:
    assert SENTENCES.keys() - set(codes_raised()) - ON_THE_WAY.keys() == set()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_say_the_same_with_the_same_parameters(code: str) -> None:
    french, english = (
        {name for _, name, _, _ in Formatter().parse(text) if name} for text in SENTENCES[code]
    )

    assert french == english
    assert SENTENCES[code][0] != SENTENCES[code][1]


@pytest.mark.feature("S83")
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_french_is_typeset(code: str) -> None:
    french = SENTENCES[code][0]

    assert "'" not in french
    assert not re.search("[^\u00a0]:(?: |$)", french)
    assert not re.search("(?<!\u202f)[;?!](?: |$)", french)
    assert "« " not in french
    assert " »" not in french


def test_parameters_are_put_in_and_braces_are_kept() -> None:
    text = sentence("unknown_variable", {"name": "x", "known": "{date}"}, Locale.EN)

    assert text == "There is no variable “{x}”. Possible variables: {date}."


def test_missing_parameter_does_not_break_a_sentence() -> None:
    assert sentence("already_retried", {}, Locale.EN).endswith("(send …).")
