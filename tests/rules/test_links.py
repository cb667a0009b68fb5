"""Links inside the repository lead somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.rules.documents import ROOT, anchors_of, prose_of, relative, text_files

DOCUMENTS = [path for path in text_files(".") if path.suffix == ".md"]
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?\)")
_ELSEWHERE = re.compile(r"^[a-z][a-z+.-]*:")


def _broken(document: Path) -> list[str]:
    found = []
    for target in _LINK.findall(prose_of(document)):
        if _ELSEWHERE.match(target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists():
            found.append(f"{target}: no such file")
        elif anchor and anchor not in anchors_of(file):
            found.append(f"{target}: no such section")
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_relative_links_and_their_sections_exist(document: Path) -> None:
    assert _broken(document) == []


def test_sections_of_the_runbook_that_the_template_cites_exist() -> None:
    template = (ROOT / "template.yaml").read_text("utf-8")
    cited = set(re.findall(r"docs/runbook\.md#([\w-]+)", template))

    assert cited
    assert cited <= anchors_of(ROOT / "docs" / "runbook.md")
