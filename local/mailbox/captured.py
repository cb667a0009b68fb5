"""Captured mail: every message that SES accepted, as its recipients would get it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from local.state.clock import format_instant
from local.state.store import State, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedMessage:
    """One captured message.

    ``to`` is the envelope, ``received_at`` an RFC 3339 instant; ``organization`` and ``send_id``
    are the values of its e-mail tags.
    """

    id: str
    sender: str
    to: Sequence[str]
    subject: str
    received_at: str
    organization: str | None
    send_id: str | None


class Mailbox:
    """Captured messages: a row for each, and its source in an .eml file."""

    def __init__(self, state: State, folder: Path) -> None:
        self._state = state
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(
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
        """Capture a message: its file first, so that every row has one."""
        partial = self._folder / f"{id}.new"
        partial.write_bytes(source)
        partial.replace(self._file(id))
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

    def list(self) -> list[CapturedMessage]:
        """All messages, newest first."""
        return [
            _captured(row)
            for row in self._state.rows(
                "SELECT id, sender, envelope, subject, received_at, organization, send_id"
                " FROM mails ORDER BY number DESC"
            )
        ]

    def find(self, id: str) -> tuple[CapturedMessage, bytes] | None:  # noqa: A002
        """A message and its source, or None."""
        rows = self._state.rows(
            "SELECT id, sender, envelope, subject, received_at, organization, send_id"
            " FROM mails WHERE id = ?",
            id,
        )
        return (_captured(rows[0]), self._file(id).read_bytes()) if rows else None

    def empty(self) -> None:
        """Delete all messages."""
        self._state.write("DELETE FROM mails")
        for file in self._folder.glob("*.eml"):
            file.unlink()

    def _file(self, id: str) -> Path:  # noqa: A002
        return self._folder / f"{id}.eml"


def _captured(row: tuple[Value, ...]) -> CapturedMessage:
    identity, sender, envelope, subject, received_at, organization, send_id = row
    return CapturedMessage(
        id=str(identity),
        sender=str(sender),
        to=json.loads(str(envelope)),
        subject=str(subject),
        received_at=str(received_at),
        organization=None if organization is None else str(organization),
        send_id=None if send_id is None else str(send_id),
    )
