"""The dependency rule of docs/architecture.md, checked by reading imports."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers" / "core" / "facteur"

STDLIB = set(sys.stdlib_module_names)
DOMAIN_LIBRARIES = {"pydantic", "email_validator", "holidays", "stdnum"}
"""Libraries without I/O: email-validator is a pure function without its DNS checks, python-stdnum
without its look-ups on the web, holidays a table of rules."""

ALLOWED = {
    "locales": ({"facteur.locales"}, set()),
    "domain": ({"facteur.locales", "facteur.domain"}, DOMAIN_LIBRARIES),
    "ports": ({"facteur.locales", "facteur.domain", "facteur.ports"}, set()),
    "services": (
        {"facteur.locales", "facteur.domain", "facteur.ports", "facteur.services"},
        set(),
    ),
    "http": (
        {"facteur.locales", "facteur.domain", "facteur.ports", "facteur.http"},
        {"pydantic", "pydantic_core", "aws_lambda_powertools"},
    ),
    "adapters": (
        {"facteur.locales", "facteur.domain", "facteur.ports", "facteur.adapters"},
        None,
    ),
}
"""Part of the core → what of the core it may import, and which libraries (None: any)."""

LANGUAGES = set((CORE / "locales").glob("??.py"))
"""Tables of sentences, one file for each language: as long as there are things to say."""

FUNCTION_MAY_IMPORT = {
    "facteur.bootstrap",
    "facteur.services",
    "facteur.http",
    "facteur.domain.errors",
    "facteur.domain.identity",
}


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import of a file, wherever in it, type checking aside."""
    tree = ast.parse(path.read_text(), str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def begins_with_any(name: str, prefixes: set[str]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def python_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def breaches(path: Path, ours: set[str], libraries: set[str] | None) -> list[str]:
    found = []
    for line, name in imports_of(path):
        top = name.partition(".")[0]
        if top == "facteur":
            allowed = begins_with_any(name, ours)
        else:
            allowed = top in STDLIB or libraries is None or top in libraries
        if not allowed:
            found.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    return found


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_each_part_of_the_core_imports_only_what_lies_further_in(part: str) -> None:
    ours, libraries = ALLOWED[part]
    files = python_files(CORE / part)

    found = [breach for path in files for breach in breaches(path, ours, libraries)]

    assert files
    assert not found, "\n".join(found)


def test_only_settings_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(CORE))
        for path in python_files(CORE)
        if path.name != "settings.py"
        and ("os.environ" in path.read_text() or "getenv" in path.read_text())
    ]

    assert not readers


def test_only_bootstrap_joins_adapters_to_services() -> None:
    joiners = {
        path.relative_to(CORE).parts[0]
        for path in python_files(CORE)
        if {"facteur.adapters", "facteur.services"}
        <= {".".join(name.split(".")[:2]) for _, name in imports_of(path)}
    }

    assert joiners <= {"bootstrap.py", "bootstrap"}


def test_functions_import_neither_adapters_nor_sdks_nor_one_another() -> None:
    found = []
    for path in python_files(ROOT / "functions"):
        for line, name in imports_of(path):
            top = name.partition(".")[0]
            if top == "facteur" and begins_with_any(name, FUNCTION_MAY_IMPORT):
                continue
            if top in STDLIB or top == "aws_lambda_powertools":
                continue
            found.append(f"{path.relative_to(ROOT)}:{line} imports {name}")

    assert not found, "\n".join(found)


@pytest.mark.parametrize("folder", ["local", "benchmarks"])
def test_local_mode_and_benchmarks_import_no_services(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in python_files(ROOT / folder)
        for line, name in imports_of(path)
        if begins_with_any(name, {"facteur.services"})
    ]

    assert not found, "\n".join(found)


def test_handlers_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "functions").glob("*/handler.py")
        if (lines := len(path.read_text().splitlines())) > 80
    }

    assert not long


def test_modules_stay_readable() -> None:
    folders = [
        ROOT / name for name in ("layers/core", "functions", "local", "benchmarks", "scripts")
    ]

    long = {
        str(path.relative_to(ROOT)): lines
        for folder in folders
        for path in python_files(folder)
        if path not in LANGUAGES and (lines := len(path.read_text().splitlines())) > 300
    }

    assert not long
