"""One system per test, in January 2041, so that nothing depends on today's date."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e_api.facteur import Facteur

START = "2041-01-15T12:00:00Z"
"""A Tuesday."""


@pytest.fixture
def facteur(tmp_path: Path) -> Iterator[Facteur]:
    """A new system, just started."""
    facteur = Facteur(tmp_path / "data", at=START)
    yield facteur
    facteur.stop()
    # Otherwise a call that a function's policy refuses could be retried for ever, unnoticed.
    assert "NotAllowedError" not in (tmp_path / "data" / "functions.log").read_text()
