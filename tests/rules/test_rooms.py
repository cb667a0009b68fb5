"""The rooms of services/ and the arrows between them, checked by reading imports."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "layers" / "core" / "facteur"
SERVICES = CORE / "services"

ROOMS: dict[str, set[str]] = {
    "people": set(),
    "idempotency": set(),
    "webhooks": {"idempotency", "people"},
    "delivery": {"webhooks"},
    "settings": {"people"},
    "history": {"people", "delivery"},
    "documents": {"people", "idempotency"},
    "sending": {"people", "idempotency", "documents"},
    "campaigns": {"people", "idempotency", "webhooks", "documents", "sending", "delivery"},
    "reconcile": {"webhooks", "campaigns", "delivery"},
}
"""Room (a folder or a module) → the rooms it imports, all of them above it: hence no circle."""

MAX_ROOMS = 10
MAX_ARROWS = 20

SDKS = {"boto3", "botocore", "mypy_boto3", "types_boto3", "aws_lambda_powertools"}
AWS_SERVICES = re.compile(r"EventBridge|\bSQS\b|DynamoDB|\bdynamodb\b|\bsqs\b")
SOURCE_LINK = re.compile(r"https://\S+")


def python_files(room: Path) -> list[Path]:
    return sorted(room.rglob("*.py")) if room.is_dir() else [room]


def rooms() -> dict[str, Path]:
    folders = {path.parent.name: path.parent for path in SERVICES.glob("*/__init__.py")}
    modules = {path.stem: path for path in SERVICES.glob("*.py") if path.stem != "__init__"}
    return folders | modules


def imports_of(path: Path) -> Iterator[str]:
    """The dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows_of(room: str) -> set[str]:
    """The other rooms that a room imports."""
    names = [name for path in python_files(rooms()[room]) for name in imports_of(path)]
    prefix = "facteur.services."
    return {name.split(".")[2] for name in names if name.startswith(prefix)} - {room}


def test_the_table_names_every_room() -> None:
    assert set(rooms()) == set(ROOMS)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_exactly_the_rooms_of_the_table(room: str) -> None:
    assert arrows_of(room) == ROOMS[room]


def test_no_arrow_leads_back() -> None:
    order = list(ROOMS)

    assert [
        (room, other)
        for room, others in ROOMS.items()
        for other in others
        if order.index(other) >= order.index(room)
    ] == []


def test_rooms_and_arrows_stay_few() -> None:
    assert len(ROOMS) <= MAX_ROOMS
    assert sum(map(len, ROOMS.values())) <= MAX_ARROWS


@pytest.mark.parametrize(
    "path", sorted(SERVICES.glob("*/__init__.py")), ids=lambda p: p.parent.name
)
def test_docstring_of_a_room_names_its_callers(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text())) or ""

    assert "Called by" in docstring


def test_services_have_named_methods() -> None:
    found = [
        f"{path.relative_to(CORE)}:{node.lineno}"
        for path in python_files(SERVICES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name == "__call__"
    ]

    assert not found


def test_domain_imports_no_sdk() -> None:
    found = [
        f"{path.relative_to(CORE)} imports {name}"
        for path in python_files(CORE / "domain")
        for name in imports_of(path)
        if name.partition(".")[0] in SDKS
    ]

    assert not found


def test_domain_names_no_service_of_aws_but_in_links_to_sources() -> None:
    found = [
        f"{path.relative_to(CORE)}:{number}: {line.strip()}"
        for path in python_files(CORE / "domain")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if AWS_SERVICES.search(SOURCE_LINK.sub("", line))
    ]

    assert not found, "\n".join(found)
