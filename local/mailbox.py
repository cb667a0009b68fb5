"""The captured mail: every message that SES took, as its recipients would get it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from local.clock import format_instant
from local.state import State, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One captured message; ``to`` is the envelope, ``received_at`` an RFC 3339 instant."""

    id: str
    sender: str
    to: Sequence[str]
    subject: str
    received_at: str
    organization: str | None
    send_id: str | None


class Mailbox:
    """Captured messages: a row each, and the source in a file that mail programs open."""

    def __init__(self, state: State, folder: Path) -> None:
        self._state = state
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(
        self,
        source: bytes,
        *,
        id: str,  # noqa: A002 - SES's own word
        sender: str,
        to: Sequence[str],
        subject: str,
        at: datetime,
        tags: dict[str, str],
    ) -> None:
        """Capture a message; the file first, so that no row is without one."""
        written = self._folder / f"{id}.new"
        written.write_bytes(source)
        written.replace(self._file(id))
        self._state.write(
            "INSERT INTO mails VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM mails),"
            " ?, ?, ?, ?, ?, ?)",
            id,
            format_instant(at),
            sender,
            json.dumps(list(to)),
            subject,
            tags.get("org"),
            tags.get("send"),
        )

    def list(self) -> list[Captured]:
        """All messages, newest first."""
        return [
            _captured(row)
            for row in self._state.rows(
                "SELECT id, sender, envelope, subject, received_at, organization, send_id"
                " FROM mails ORDER BY number DESC"
            )
        ]

    def find(self, id: str) -> tuple[Captured, bytes] | None:  # noqa: A002
        """A message and its source."""
        rows = self._state.rows(
            "SELECT id, sender, envelope, subject, received_at, organization, send_id"
            " FROM mails WHERE id = ?",
            id,
        )
        return (_captured(rows[0]), self._file(id).read_bytes()) if rows else None

    def empty(self) -> None:
        """Throw all messages away."""
        self._state.write("DELETE FROM mails")
        for file in self._folder.glob("*.eml"):
            file.unlink()

    def _file(self, id: str) -> Path:  # noqa: A002
        return self._folder / f"{id}.eml"


def _captured(row: tuple[Value, ...]) -> Captured:
    identity, sender, envelope, subject, received_at, organization, send_id = row
    return Captured(
        id=str(identity),
        sender=str(sender),
        to=json.loads(str(envelope)),
        subject=str(subject),
        received_at=str(received_at),
        organization=None if organization is None else str(organization),
        send_id=None if send_id is None else str(send_id),
    )
