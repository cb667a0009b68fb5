"""What importing a handler loads: every module of it is paid at each cold start."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IMPORT = "import functions.{}.handler"
HANDLERS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
NEVER = {"aws_xray_sdk", "fpdf", "pikepdf", "PIL", "fontTools", "babel", "stdnum", "holidays"}
"""The X-Ray SDK costs 330 ms even when disabled; the others are loaded when a PDF is made, or
is checked, python-stdnum when a registration number is, and holidays at the first rule that
depends on days off."""
HTTP_NEVER = {"jinja2", "email_validator"}
"""Loaded when a mail is previewed, and when an address is checked."""


@cache
def modules_after(statement: str) -> set[str]:
    """The modules loaded by a statement, in a process of its own."""
    code = f"import sys, json; {statement}; json.dump(sorted(sys.modules), sys.stdout)"
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
    loaded = {name.partition(".")[0] for name in modules_after(IMPORT.format(function))}

    unwanted = NEVER if function == "deliver" else NEVER | HTTP_NEVER
    assert not loaded & unwanted


@pytest.mark.parametrize(
    ("function", "payload"),
    [
        ("campaigns", "campaigns_list"),
        ("documents", "documents_list"),
        ("sends", "sends_list"),
        ("settings", "settings_me"),
    ],
)
def test_the_first_get_loads_nothing_that_makes_a_pdf_or_a_mail(
    function: str, payload: str
) -> None:
    code = f"from tests.functions.first_get import answer; answer({function!r}, {payload!r})"
    loaded = {name.partition(".")[0] for name in modules_after(code)}

    # moto brings Jinja2, so css-inline stands for what makes a mail.
    assert not loaded & (NEVER | {"css_inline", "email_validator"})


@pytest.mark.parametrize("function", HANDLERS)
def test_a_handler_loads_no_language(function: str) -> None:
    loaded = modules_after(IMPORT.format(function))

    assert not loaded & {f"facteur.locales.{name}" for name in ("fr", "en", "shape", "codes")}


def test_only_the_language_that_is_used_is_loaded() -> None:
    loaded = modules_after("import facteur.locales as l; l.language_of(l.DEFAULT_LOCALE)")

    assert "facteur.locales.fr" in loaded
    assert "facteur.locales.en" not in loaded


USING_HOLIDAYS = """
import datetime as dt
from zoneinfo import ZoneInfo
from facteur.domain.occurrences import Calendar
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import Monthly, OffDays
rule = Monthly((1,), dt.time(8), off_days=OffDays.{})
Calendar(rule, ZoneInfo("Europe/Paris"), HolidayArea("FR")).next_after(dt.datetime.now(dt.UTC))
"""


def test_holidays_are_loaded_for_a_rule_that_depends_on_days_off_and_of_one_country() -> None:
    without = modules_after(f"exec({USING_HOLIDAYS.format('KEEP')!r})")
    needed = modules_after(f"exec({USING_HOLIDAYS.format('BEFORE')!r})")

    assert not any(name.partition(".")[0] == "holidays" for name in without)
    assert {name for name in needed if name.startswith("holidays.countries")} == set()
    assert "holidays" in needed
