"""One system for each test, in January 2041: nothing depends on today's date."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e_api.facteur import Facteur

START = "2041-01-15T12:00:00Z"
"""A Tuesday."""


@pytest.fixture
def facteur(tmp_path: Path) -> Iterator[Facteur]:
    """A system that has just been started for the first time."""
    facteur = Facteur(tmp_path / "data", at=START)
    yield facteur
    facteur.stop()
    # A function that asks for more than its policy allows may try again for ever, unseen.
    assert "NotAllowedError" not in (tmp_path / "data" / "functions.log").read_text()
