"""Print which tests prove which capability; fail when a capability has none.

The capabilities are numbered in docs/features.md. Run as ``python -m scripts.features``.
"""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"_([sb]\d+)(?=_|$)")


def capabilities() -> dict[str, str]:
    """Number → what it says, in the order of docs/features.md."""
    text = (ROOT / "docs" / "features.md").read_text()
    found: dict[str, str] = {}
    for match in re.finditer(r"\b([SB]\d+) (?=\S)([^·*]+)", text.partition("\n\n")[2]):
        found[match.group(1)] = " ".join(match.group(2).split())
    return found


def proofs() -> dict[str, list[str]]:
    """Number → the tests that carry it in a marker or in their name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith(
                "test"
            ):
                for number in _numbers_of(node):
                    found[number].append(f"{path.relative_to(ROOT)}::{node.name}")
    return found


def _numbers_of(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    numbers = {name.upper() for name in _NAMED.findall(node.name)}
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.feature"):
            numbers |= {ast.literal_eval(argument) for argument in decorator.args}
    return numbers


def main() -> int:
    """Print the table; 1 when a capability has no test."""
    tests = proofs()
    known = capabilities()
    for number, text in known.items():
        names = tests.get(number, [])
        note = f"{len(names):3d} tests" if names else "NO TEST"
        print(f"{number:>4}  {note}  {text[:60]:<60}  {names[0] if names else ''}")
    missing = [n for n in known if n not in tests]
    unknown = sorted(set(tests) - set(known))
    for title, numbers in (
        ("without a test", missing),
        ("unknown", unknown),
    ):
        if numbers:
            print(f"{title}: {', '.join(numbers)}", file=sys.stderr)
    return 1 if missing or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
