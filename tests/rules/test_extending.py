"""The recipes of docs/extending.md name files that exist, and few of them."""

import re

import pytest

from tests.rules.documents import ROOT

RECIPES = {
    "Document type": 8,
    "Language": 2,
    "Recurrence": 8,
    "SES event type": 4,
    "History filter": 4,
    "API field": 6,
}
"""Heading of a recipe → the files that it may name at most."""

_FILES = re.compile(r"^Files:\n\n((?:- .+\n(?:  .+\n)*)+)", re.MULTILINE)
_PATH = re.compile(r"^- `([^`]+)`", re.MULTILINE)


def recipes() -> dict[str, list[str]]:
    """Heading → the paths of its list."""
    text = (ROOT / "docs" / "extending.md").read_text("utf-8") + "\n"
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return {
        heading: [path for block in _FILES.findall(body) for path in _PATH.findall(block)]
        for heading, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_there_is_a_recipe_for_each_usual_addition() -> None:
    assert list(recipes()) == list(RECIPES)


@pytest.mark.parametrize("heading", RECIPES)
def test_every_file_of_a_recipe_exists(heading: str) -> None:
    paths = recipes()[heading]

    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(("heading", "most"), RECIPES.items())
def test_recipe_touches_few_files(heading: str, most: int) -> None:
    paths = recipes()[heading]

    assert len(set(paths)) == len(paths)
    assert len(paths) <= most
