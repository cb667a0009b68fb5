"""Another user of the machine reads the files of the local mode.

They hold the mail that was captured, the documents, and the keys that sign tokens and links: nobody
but the person who started it may read them, also when an earlier version left them open.
"""

import stat
from pathlib import Path

from local.template.reader import read_stack
from tests.support.served import Served

SMALL = Path(__file__).parents[1] / "local" / "small" / "template.yaml"


def modes(data: Path) -> dict[str, int]:
    """The permissions of what is in a folder, and of the folder itself under ``.``."""
    found = {path.name: path for path in data.iterdir()} | {".": data}
    return {name: stat.S_IMODE(path.stat().st_mode) for name, path in found.items()}


def run_once(data: Path) -> dict[str, int]:
    """The permissions while a system runs in ``data``."""
    served = Served(read_stack(SMALL), data)
    try:
        return modes(data)
    finally:
        served.stop()


def test_only_the_person_who_started_it_reads_the_data(tmp_path: Path) -> None:
    found = run_once(tmp_path / "new" / "data")

    files = {name: mode for name, mode in found.items() if name.startswith("state.db")}
    assert len(files) == 3
    assert set(files.values()) == {0o600}
    assert {found[name] for name in (".", "mailbox", "objects")} == {0o700}
    assert found["signing-key.pem"] == found["functions.log"] == 0o600


def test_data_that_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    run_once(tmp_path / "data")
    for path in (tmp_path / "data").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (tmp_path / "data").chmod(0o755)

    found = run_once(tmp_path / "data")

    assert found["."] == 0o700
    assert found["state.db"] == 0o600
    assert {found[name] for name in ("mailbox", "objects")} == {0o700}


def test_folder_of_somebody_else_stays_as_it_is_and_the_data_in_it_is_closed(
    tmp_path: Path,
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)

    found = run_once(shared)

    assert found["."] == 0o777
    assert found["state.db"] == 0o600
    assert {found[name] for name in ("mailbox", "objects")} == {0o700}
