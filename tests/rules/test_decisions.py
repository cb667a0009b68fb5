"""Decision records are numbered, indexed, and cited by names that exist."""

import re
from pathlib import Path

import pytest

from tests.rules.documents import ROOT, prose_of, relative, text_files

FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
_CITED = re.compile(r"decisions/(\d{4}[\w-]*(?:\.md)?)")
_ROW = re.compile(r"^\| \[(\d{4})\]\(([\w-]+\.md)\) \| .+ \| .+ \| .+ \|$", re.MULTILINE)


def test_records_are_numbered_without_gaps_from_0001() -> None:
    numbers = [path.name[:5] for path in RECORDS]

    assert numbers == [f"{n:04d}-" for n in range(1, len(RECORDS) + 1)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem[:4])
def test_record_says_context_decision_and_consequences(record: Path) -> None:
    text = record.read_text("utf-8")

    assert text.startswith(f"# {record.name[:4]} · ")
    assert [part for part in ("Context", "Decision", "Consequences") if part not in text] == []


def test_index_names_every_record_once_in_order() -> None:
    rows = _ROW.findall((FOLDER / "README.md").read_text("utf-8"))

    assert rows == [(path.name[:4], path.name) for path in RECORDS]


def test_every_record_that_is_cited_exists() -> None:
    names = {path.name for path in RECORDS}

    unknown = [
        f"{relative(path)}: {name}"
        for path in text_files(".")
        for name in _CITED.findall(path.read_text("utf-8", "ignore"))
        if name not in names
    ]

    assert not unknown, "\n".join(unknown)


def test_number_in_brackets_is_that_of_the_record_it_leads_to() -> None:
    wrong = [
        f"{relative(path)}: [{shown}] leads to {number}"
        for path in text_files(".")
        if path.suffix == ".md"
        for shown, number in re.findall(
            r"\[(\d{4})\]\([\w./-]*?(\d{4})-[\w-]+\.md\)", prose_of(path)
        )
        if shown != number
    ]

    assert not wrong, "\n".join(wrong)
