"""Finishing a build: byte code, unused files."""

import importlib.util
from pathlib import Path

from scripts.finish_build import compile_tree, trim

UNCHECKED_HASH = b"\x01\x00\x00\x00"
"""The flags of a .pyc that Python uses without checking its source (PEP 552)."""


def test_byte_code_is_used_without_a_look_at_the_source_and_names_its_place_on_lambda(
    tmp_path: Path,
) -> None:
    source = tmp_path / "python" / "thing.py"
    source.parent.mkdir()
    source.write_text("def where():\n    return 1\n")

    assert compile_tree(tmp_path, installed_at="/opt")

    compiled = Path(importlib.util.cache_from_source(source)).read_bytes()
    assert compiled[4:8] == UNCHECKED_HASH
    assert b"/opt/python/thing.py" in compiled
    assert str(tmp_path).encode() not in compiled


def test_a_file_that_does_not_compile_is_reported(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def")

    assert not compile_tree(tmp_path, installed_at="/var/task")


def test_tests_commands_and_foreign_locales_do_not_ship(tmp_path: Path) -> None:
    kept = ["babel/locale-data/root.dat", "babel/locale-data/fr.dat", "babel/locale-data/en_GB.dat"]
    dropped = ["babel/locale-data/de.dat", "babel/locale-data/ff_Latn.dat", "x/tests/t.py", "bin/f"]
    for name in [*kept, *dropped]:
        (tmp_path / "python" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "python" / name).touch()

    trim(tmp_path)

    assert all((tmp_path / "python" / name).exists() for name in kept)
    assert not any((tmp_path / "python" / name).exists() for name in dropped)
