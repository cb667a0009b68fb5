"""Addresses in a message become links: the same as Jinja2's, in linear time."""

import importlib
import re
import sys
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any

import jinja2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facteur.adapters.email import links
from facteur.adapters.email.links import linked

re_parser: Any = importlib.import_module("re._parser")

PASSES = 40
"""Lines that run for one word at most."""
ENVIRONMENT = jinja2.Environment(autoescape=True)
PIECES = [
    *"()<>[].,;:!?&\"'/@#-_=%aéZ9 ",
    *("http://", "https://", "www.", "mailto:", "&lt;", "&gt;", "\t", "\xa0"),
    *("client", "example", ".com", ".fr", ".example", "xn--bcher-kva", "1.2.3.4", "[::1]", ":8080"),
    *("marie@", "@client.example", "https://client.example.com/a_(b)?c=1&d=2", "(www.a.org)"),
]
words = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
lines = st.lists(words, max_size=5).map(" ".join)


def as_jinja(line: str) -> str:
    """What Jinja2's own filter makes of a line."""
    return ENVIRONMENT.from_string("{{ line | urlize }}").render(line=line)


@settings(max_examples=2_000, deadline=None)
@given(line=lines)
@example("Voir https://client.example.com/a?b=1&c=2.")
@example("(http://client.example.com/a_(b)) <marie@client.example>, www.client.example;")
@example("http://[2001:db8:85a3:0:0:8a2e:370:7334]:8080/x http://10.0.0.1 http://[::ffff]")
@example("à mailto:marie@client.example. @marie marie@client a@b@c.example client.com x.fr")
@example("https://a.com/((((b))). https://a.com/(>)>)>")
def test_links_are_those_of_jinja(line: str) -> None:
    assert str(linked(line)) == as_jinja(line)


@pytest.mark.parametrize("typed", ["Https://client.example.com", "HTTP://client.example.com/a"])
def test_a_scheme_in_capitals_is_a_scheme(typed: str) -> None:
    assert str(linked(typed)) == f'<a href="{typed}" rel="noopener">{typed}</a>'


HOSTILE = [
    "." * 19_998 + "a.",
    "a@" * 10_000,
    "http://" * 2_857,
    "www." * 5_000,
    "(" * 20_000,
    "a" + "(" * 10_000 + ")" * 9_999,
    "http://a.com/" + "(" * 9_990 + ")." * 4_990,
    "a." * 10_000,
    "a.com." * 3_333 + "!",
    "www." + "a" * 19_995 + "!",
    "mailto:" * 2_857,
    "a@" + "b." * 9_998 + "!",
    "a@" + "b-" * 9_999,
    "http://[" + ":" * 19_992,
    "http://[" + "f" * 19_992,
    "&lt;" * 5_000,
    "xn--" * 5_000,
    "%-" * 9_999 + ".",
    "<" * 10_000 + ">" * 10_000,
]
hostile_texts = st.tuples(words, words, st.integers(1, 20_000)).map(
    lambda drawn: (drawn[0] + drawn[1] * drawn[2])[:20_000]
)


def passes(line: str) -> int:
    """Lines of the module that run for a text: each passes over a word or a part of it once."""
    count = 0

    def step(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return step if frame.f_code.co_filename == links.__file__ else None

    before = sys.gettrace()
    sys.settrace(step)
    try:
        linked(line)
    finally:
        sys.settrace(before)
    return count


@settings(max_examples=300, deadline=None)
@given(line=hostile_texts)
def test_each_word_is_passed_over_a_fixed_number_of_times(line: str) -> None:
    assert passes(line) <= PASSES * len(re.split(r"(\s+)", line)) + PASSES


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:20])
def test_hostile_words_are_passed_over_no_more_often(line: str) -> None:
    assert passes(line) <= 2 * PASSES


def repeats_of(parsed: Iterable[Any]) -> Iterator[str]:
    """The names of all repeats in a parsed pattern."""
    for part in parsed:
        if isinstance(part, tuple | list | re_parser.SubPattern):
            yield from repeats_of(part)
        elif str(part).endswith("_REPEAT"):
            yield str(part)


def test_no_pattern_goes_back() -> None:
    """Every repeat is possessive: one attempt of a pattern reads each character once."""
    patterns = [value for value in vars(links).values() if isinstance(value, re.Pattern)]

    repeats = [
        repeat
        for pattern in patterns
        for repeat in repeats_of(re_parser.parse(pattern.pattern, pattern.flags))
    ]

    assert len(repeats) > 20
    assert set(repeats) == {"POSSESSIVE_REPEAT"}
