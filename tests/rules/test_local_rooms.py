"""The rooms of local/ and the arrows between them, checked by reading imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCAL = ROOT / "local"

ROOMS: dict[str, set[str]] = {
    "template": set(),
    "state": set(),
    "mailbox": {"state"},
    "aws": {"template", "state", "mailbox"},
    "functions": {"template", "state", "aws"},
    "web": {"template", "state", "mailbox", "aws", "functions"},
}
"""Room → the rooms that it may import, all of them above it. Modules outside the rooms may import
every room, and no room imports them."""


def imports_of(path: Path) -> Iterator[str]:
    """The dotted modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def arrows_of(room: str) -> set[str]:
    """What of local/ a room imports, itself aside: rooms, and modules outside the rooms."""
    parts = [
        name.split(".")[1]
        for path in (LOCAL / room).rglob("*.py")
        for name in imports_of(path)
        if name.startswith("local.")
    ]
    return set(parts) - {room}


def test_every_folder_is_a_room_and_says_what_it_is_for() -> None:
    folders = {path.parent.name: path for path in LOCAL.glob("*/__init__.py")}

    assert set(folders) == set(ROOMS)
    assert all(ast.get_docstring(ast.parse(path.read_text())) for path in folders.values())


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_the_rooms_allowed_and_each_of_them(room: str) -> None:
    assert arrows_of(room) == ROOMS[room]


def test_no_arrow_leads_back() -> None:
    order = list(ROOMS)

    assert [
        (room, other)
        for room, others in ROOMS.items()
        for other in others
        if order.index(other) >= order.index(room)
    ] == []


def test_only_one_module_imports_moto() -> None:
    importers = {
        str(path.relative_to(LOCAL))
        for path in LOCAL.rglob("*.py")
        if any(name.partition(".")[0] == "moto" for name in imports_of(path))
    }

    assert importers == {"aws/moto_internals.py"}
