"""Data folders of earlier versions: ``<version>/data.tar.xz``, with ``answers.json`` beside it."""

import json
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

_STORED = Path(__file__).parent
_MADE_AGAIN = {"functions.log", "signing-key.pem"}
"""Left out: a log, and the private key that signs tokens, which must not be in a repository."""


@dataclass(frozen=True)
class Stored:
    """What one version has stored, and its responses after opening that again."""

    version: str

    @cached_property
    def answers(self) -> Any:
        """The content of ``answers.json``.

        ``clock``: the instant at which it was stored; ``ids``: unfinished things, by name;
        ``requests``: those that may be repeated; ``people``: address → responses by path.
        """
        return json.loads((self._folder / "answers.json").read_text("utf-8"))

    def keep_answers(
        self,
        clock: str,
        ids: Mapping[str, str],
        *,
        requests: list[Any],
        people: Mapping[str, list[Any]],
    ) -> None:
        """Write its responses, one per line."""
        parts = {"clock": _line(clock), "ids": _line(ids), "requests": _lines(requests)}
        read = [f"{_line(person)}: {_lines(answers)}" for person, answers in people.items()]
        parts["people"] = "{\n" + ",\n".join(read) + "\n}"
        text = ",\n".join(f"{_line(name)}: {part}" for name, part in parts.items())
        (self._folder / "answers.json").write_text(f"{{\n{text}\n}}\n", "utf-8")

    def pack(self, data: Path) -> None:
        """Archive the data folder of a stopped system."""
        self._folder.mkdir(exist_ok=True)
        with tarfile.open(self._archive, "w:xz") as archive:
            for file in sorted(data.rglob("*")):
                if file.is_file() and file.name not in _MADE_AGAIN:
                    archive.add(file, file.relative_to(data), filter=_anonymous)

    def unpack(self, data: Path, *, at: str) -> None:
        """Extract the folder to ``data``, with a clock at which it is ``at`` now."""
        with tarfile.open(self._archive) as archive:
            archive.extractall(data, filter="data")
        # The clock is real time plus this offset, and over HTTP it is only moved forward.
        offset = datetime.fromisoformat(at) - datetime.now(UTC)
        with closing(sqlite3.connect(data / "state.db")) as state, state:
            changed = state.execute(
                "UPDATE facts SET value = ? WHERE name = 'clock_offset'",
                (str(offset.total_seconds()),),
            )
            assert changed.rowcount == 1

    @property
    def _folder(self) -> Path:
        return _STORED / self.version

    @property
    def _archive(self) -> Path:
        return self._folder / "data.tar.xz"


def every_version() -> Iterator[str]:
    """The versions with a stored folder."""
    return (file.parent.name for file in sorted(_STORED.glob("*/answers.json")))


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(values: Iterable[Any]) -> str:
    return "[\n" + ",\n".join(map(_line, values)) + "\n]"


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry
