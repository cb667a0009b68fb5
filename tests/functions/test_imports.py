"""What importing a handler loads: every module of it is paid at each cold start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANDLERS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
NEVER = {"aws_xray_sdk", "fpdf", "pypdf", "PIL", "fontTools", "babel"}
"""The X-Ray SDK costs 330 ms even when disabled; the others are loaded when a PDF is made, or is
checked."""
HTTP_NEVER = {"jinja2"}
"""Loaded when a mail is previewed."""


def modules_of(function: str) -> set[str]:
    """The top-level modules loaded by importing a handler, in a process of its own."""
    code = (
        f"import sys, json, functions.{function}.handler;"
        "json.dump(sorted({name.partition('.')[0] for name in sys.modules}), sys.stdout)"
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "layers" / "core")])
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=True,
        text=True,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("function", HANDLERS)
def test_a_handler_loads_nothing_that_it_needs_only_now_and_then(function: str) -> None:
    loaded = modules_of(function)

    unwanted = NEVER if function == "deliver" else NEVER | HTTP_NEVER
    assert not loaded & unwanted
