"""Every language says everything, with the same parameters."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from string import Formatter

import pytest

from facteur.adapters import ses
from facteur.adapters.ses_events import bounce_codes, event_types
from facteur.domain.address import Role
from facteur.domain.content import DocumentType, Operation
from facteur.domain.message import Outcome
from facteur.locales import DEFAULT_LOCALE, Locale, language_of
from facteur.locales.codes import FAILURE_CODES, Problems
from facteur.locales.shape import Language, Operations, Outcomes, Roles

CORE = Path(__file__).parents[3] / "layers" / "core" / "facteur"
OF_A_REFUSED_RUN = {
    "sender_not_verified",
    "attachment_too_large",
    "too_many_pages",
    "message_invalid",
    "daily_limit_reached",
}
"""What refuses a campaign's send is also why it failed."""
TECHNICAL = {
    "tag",
    "decimal_sign",
    "recurrence.date",
    "mail.unbreakable_spaces",
    "export.delimiter",
}
"""What is no text."""


def texts_of(part: tuple[object, ...], path: str = "") -> Iterator[tuple[str, str]]:
    """The path and the words of everything that a part of a language says."""
    names = getattr(part, "_fields", None) or [str(place) for place in range(len(part))]
    for name, value in zip(names, part, strict=True):
        if isinstance(value, tuple):
            yield from texts_of(value, f"{path}{name}.")
        elif isinstance(value, str) and f"{path}{name}" not in TECHNICAL:
            yield f"{path}{name}", value


def parameters_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def failure_codes() -> Iterator[str]:
    """The codes that are written where a message or Send fails."""
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="SendFailure"), keywords=keywords):
                    yield from constants_in(keyword.value for keyword in keywords)
                case ast.Call(func=ast.Name(id="EventDetail"), args=[_, code, *_]):
                    yield from constants_in([code])
    # Here what SES says becomes a code: functions return codes, or errors and reports with a code.
    reports = ast.walk(ast.parse(inspect.getsource(event_types)))
    bounces = ast.parse(inspect.getsource(bounce_codes)).body
    for node in (*ast.parse(inspect.getsource(ses)).body, *reports, *bounces):
        if isinstance(node, ast.FunctionDef):
            returned = [part for part in ast.walk(node) if isinstance(part, ast.Return)]
            yield from constants_in(part for value in returned for part in ast.walk(value))
    yield from bounce_codes.BOUNCE_CODES.values()
    yield from ses._PERMANENT.values()


def constants_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The strings among ``nodes`` that look like a code."""
    for node in nodes:
        match node:
            case ast.Constant(value=str() as text) if re.fullmatch("[a-z]+(_[a-z]+)*", text):
                yield text


@pytest.mark.feature("S83")
def test_french_is_the_default_and_english_is_there() -> None:
    assert DEFAULT_LOCALE == "fr"
    assert {"fr", "en"} <= set(Locale)
    assert next(iter(Locale)) is DEFAULT_LOCALE


@pytest.mark.parametrize("locale", Locale)
def test_every_language_is_complete(locale: Locale) -> None:
    language = language_of(locale)

    assert isinstance(language, Language)
    assert [path for path, text in texts_of(language) if not text.strip()] == []


@pytest.mark.parametrize("locale", [locale for locale in Locale if locale is not DEFAULT_LOCALE])
def test_every_language_says_the_same_with_the_same_parameters(locale: Locale) -> None:
    ours, theirs = dict(texts_of(language_of(DEFAULT_LOCALE))), dict(texts_of(language_of(locale)))

    assert ours.keys() == theirs.keys()
    for path, text in ours.items():
        assert parameters_of(text) == parameters_of(theirs[path]), path


@pytest.mark.parametrize("code", Problems._fields)
def test_no_sentence_is_left_untranslated(code: str) -> None:
    said = [getattr(language_of(locale).problems, code) for locale in Locale]

    assert len(set(said)) == len(said)


@pytest.mark.feature("S77")
@pytest.mark.parametrize("locale", Locale)
def test_every_failure_has_its_own_cause_and_a_remedy_in_full_sentences(locale: Locale) -> None:
    failures = language_of(locale).failures

    assert len({explanation.cause for explanation in failures}) == len(failures)
    assert all(text.endswith(".") for explanation in failures for text in explanation)


def test_every_failure_code_is_explained_and_no_other() -> None:
    produced = set(failure_codes()) | OF_A_REFUSED_RUN

    assert {"expired", "unconfirmed", "missed", "render_failed", "throttled"} <= produced
    assert produced == FAILURE_CODES


@pytest.mark.parametrize("locale", Locale)
def test_every_type_of_document_has_its_name(locale: Locale) -> None:
    names = language_of(locale).document_types

    assert set(names) == set(DocumentType)
    assert all(names.values())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (Operation, Operations),
        (Outcome, Outcomes),
        (Role, Roles),
    ],
)
def test_every_value_that_is_shown_has_its_word(
    values: type[StrEnum], words: type[tuple[str, ...]]
) -> None:
    assert {value.value for value in values} == set(getattr(words, "_fields", ()))


@pytest.mark.feature("S83")
@pytest.mark.parametrize(("path", "text"), list(texts_of(language_of(Locale("fr")))))
def test_french_is_typeset(path: str, text: str) -> None:
    assert "'" not in text
    if path.startswith("problems."):
        assert not re.search("[^\u00a0]:(?: |$)", text)
        assert not re.search("(?<!\u202f)[;?!](?: |$)", text)
        assert "« " not in text
        assert " »" not in text
