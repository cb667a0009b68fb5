"""What the rules about documents share: the repository's text files, and reading Markdown."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

_NOT_OURS = {
    ".aws-sam",
    ".git",
    ".hypothesis",
    ".local",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".tools",
    ".venv",
    "__pycache__",
    "dist",
    "node_modules",
}
_TEXT = {
    ".cfg",
    ".css",
    ".html",
    ".j2",
    ".js",
    ".json",
    ".md",
    ".mk",
    ".py",
    ".toml",
    ".ts",
    ".tsx",
    ".txt",
    ".yaml",
    ".yml",
    "",
}
_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


def text_files(*parts: str) -> list[Path]:
    """The text files under these files and folders of the repository, generated ones aside."""
    return sorted(path for part in parts for path in _under(ROOT / part) if path.suffix in _TEXT)


def _under(start: Path) -> Iterator[Path]:
    if start.is_file():
        yield start
    for folder, folders, files in os.walk(start):
        folders[:] = [name for name in folders if name not in _NOT_OURS]
        yield from (Path(folder, name) for name in files)


def prose_of(document: Path) -> str:
    """A Markdown document without its fenced code."""
    return _FENCE.sub("", document.read_text("utf-8"))


def anchors_of(document: Path) -> set[str]:
    """The anchors of a document's sections, as the forge makes them."""
    titles = re.findall(r"^#+ (.+)$", prose_of(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def relative(path: Path) -> str:
    """The path inside the repository, with slashes."""
    return path.relative_to(ROOT).as_posix()
