"""Importing the mail modules is cheap: libraries are loaded at first use."""

import subprocess
import sys
from pathlib import Path

CORE = Path(__file__).parents[3] / "layers" / "core"
PROGRAM = """
import sys
import facteur.adapters.cleaner, facteur.adapters.email.compose
print([name for name in ("jinja2", "css_inline", "nh3") if name in sys.modules])
"""


def test_template_engine_and_cleaner_are_loaded_only_when_they_are_used() -> None:
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        env={"PYTHONPATH": str(CORE)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == "[]"
