"""A language is added by one file: everything then speaks it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CORE = ROOT / "layers" / "core"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a core says that has one more language, in a process of its own."""
    core, result = tmp_path_factory.mktemp("core"), tmp_path_factory.mktemp("said") / "said.json"
    shutil.copytree(CORE / "facteur", core / "facteur", ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(HERE / "eo.py", core / "facteur" / "locales")
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-m", "tests.functions.languages.speaking", str(result)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(core), str(ROOT)])},
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(result.read_text("utf-8"))


def test_language_may_be_chosen_by_organizations_and_people(said: Any) -> None:
    assert said["settings"] == said["profile"] == "eo"
    assert said["api"] == ["fr", "en", "eo"]


def test_problem_is_answered_in_it(said: Any) -> None:
    assert said["problem"] == "eo The request has errors."
    assert said["problem_of_field"] == "eo This field is required."
    assert said["problem_by_default"] == "La demande contient des erreurs."


def test_document_and_its_message_are_named_in_it(said: Any) -> None:
    assert said["document"] == "eo Invoice F-2026-0142"
    assert said["filename"] == "eo Invoice F-2026-0142.pdf"
    assert said["subject"] == "eo Invoice F-2026-0142 - Dupont BTP"
    assert said["body"].startswith("eo Hello,")
    assert said["copy"].endswith("eo  (copy)")


def test_mail_speaks_it(said: Any) -> None:
    assert "\neo Attachment\n" in said["mail"]
    assert "eo KB" in said["mail"]
    assert '<html lang="eo">' in said["mail_html"]


def test_notice_speaks_it(said: Any) -> None:
    lines = [line for line in said["notice"].splitlines() if line]

    assert all(line.startswith("eo ") for line in lines)
    assert "eo The recipient’s mailbox is full." in said["notice"]


def test_failure_is_explained_in_it(said: Any) -> None:
    assert said["error"]["cause"] == "eo The recipient’s mailbox is full."
    assert said["error"]["remedy"].startswith("eo Ask them")
    assert said["error_by_default"] == said["error"]


def test_export_speaks_it(said: Any) -> None:
    head, line = said["csv"].removeprefix("\ufeff").splitlines()

    assert all(title.startswith("eo ") for title in head.split("|"))
    assert {"eo Failed", "eo To", "eo Invoice"} <= set(line.split("|"))


def test_pdf_speaks_it_and_writes_dates_and_amounts_its_way(said: Any) -> None:
    assert "eo Issue date" in said["invoice"]
    assert "20.11.26" in said["invoice"]
    assert "4.620,00 €" in said["invoice"]
    assert said["shipped"]
    assert "eo Purchase order" in said["order"]
    assert "eo 1 person" in said["staff_list"]
