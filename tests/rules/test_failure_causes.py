"""Notices and console explain the same failures."""

import re
from pathlib import Path

import pytest

from facteur.locales.codes import FAILURE_CODES

WORDS = Path(__file__).parents[2] / "console" / "src" / "i18n"
ANY_OTHER = {"unknown"}
"""What the console says of a code that it does not know."""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_console_explains_every_failure_that_notices_explain_and_no_other(language: str) -> None:
    source = (WORDS / language / "causes.ts").read_text("utf-8")

    explained = re.findall(r"^  (\w+): \{$", source, flags=re.MULTILINE)

    assert len(explained) == len(set(explained))
    assert set(explained) - ANY_OTHER == FAILURE_CODES
