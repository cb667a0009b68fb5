"""Print which tests prove which capability, by level; fail when a required test is missing.

The capabilities are numbered in docs/features.md. Run as ``python -m scripts.features``.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"_([sb]\d+)(?=_|$)")

LEVELS: Mapping[str, tuple[str, ...]] = {
    "browser": ("e2e",),
    "API": ("functions", "attacks", "local", "e2e_api", "clients"),
    "within": ("unit", "adapters", "simulation", "template", "scripts"),
}
"""Level → the folders of tests/ that count for it."""

NOT_AT: Mapping[str, Mapping[str, str]] = {
    "browser": {
        "B1": "a duplicate that makes no mail shows nothing",
        "B4": "the page shows the occurrences of the API as they are (B8)",
        "B15": "a key in a header; nobody sees it",
        "B16": "a repair between functions, of which the page shows nothing",
        "B23": "programs use it, not people",
        "B25": "the failure is reported by e-mail",
        "B27": "the API only, until the editor has it",
        "B28": "the API only, until the editor has it",
        "B29": "the API only, until the editor has it",
        "B30": "the API only, until the editor has it",
        "B31": "the API only, until the editor has it",
        "B32": "the API only, until the editor has it",
        "B45": "operators' commands; the page shows the API's answers",
        "B46": "what others do not notice shows nothing",
    },
    "API": {
        "S1": "tabs of a page",
        "S60": "the page asks for confirmation; the API does not",
    },
}
"""Level → the capabilities that need no test there, each with the reason."""

type Proofs = dict[str, dict[str, list[str]]]


def capabilities() -> dict[str, str]:
    """Number → description, in the order of docs/features.md."""
    text = (ROOT / "docs" / "features.md").read_text()
    found: dict[str, str] = {}
    for match in re.finditer(r"\b([SB]\d+) (?=\S)([^·*]+)", text.partition("\n\n")[2]):
        found[match.group(1)] = " ".join(match.group(2).split())
    return found


def proofs(root: Path = ROOT) -> Proofs:
    """Number → level → the tests that carry the number as a pytest marker or in their name.

    A marker on one parameter (``pytest.param(…, marks=pytest.mark.feature("S8"))``) counts as one
    on its test. Raises ValueError for a test outside the folders of LEVELS.
    """
    found: Proofs = defaultdict(lambda: defaultdict(list))
    for path in sorted((root / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                for number in _numbers_of(node):
                    name = f"{path.relative_to(root)}::{node.name}"
                    found[number][_level_of(path.relative_to(root / "tests"))].append(name)
    return found


def _level_of(path: Path) -> str:
    for level, folders in LEVELS.items():
        if path.parts[0] in folders:
            return level
    raise ValueError(f"tests/{path} carries a capability: name its folder in LEVELS")


def _numbers_of(test: ast.FunctionDef) -> set[str]:
    numbers = {name.upper() for name in _NAMED.findall(test.name)}
    for decorator in test.decorator_list:
        for node in ast.walk(decorator):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.feature"):
                numbers |= {ast.literal_eval(argument) for argument in node.args}
    return numbers


def problems(known: Mapping[str, str], tests: Proofs) -> Iterator[str]:
    """Capabilities without a test, and exceptions that are not needed."""
    for level in ("browser", "API"):
        for number in known:
            is_proved, is_excused = level in tests.get(number, {}), number in NOT_AT[level]
            if not is_proved and not is_excused:
                yield f"{number} has no test at the level {level}"
            if is_proved and is_excused:
                yield f"{number} has a test at the level {level}: it needs no reason in NOT_AT"
    for number in sorted(tests.keys() - known.keys()):
        yield f"{number} is unknown to docs/features.md: {tests[number]}"


def main() -> int:
    """Print the table; 1 when something is missing from it."""
    known, tests = capabilities(), proofs()
    for number, text in known.items():
        print(f"{number}  {text}")
        for level in LEVELS:
            reason = NOT_AT.get(level, {}).get(number)
            names = tests.get(number, {}).get(level, [])
            for name in names or ([f"- ({reason})"] if reason else []):
                print(f"  {level:<8} {name}")
    missing = list(problems(known, tests))
    for problem in missing:
        print(problem, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
