"""The way out: the queue, the archive of what was sent, and SES."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from facteur.domain.identity import OrgId, SendId


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """Message ``n`` of a Send is to be delivered."""

    organization: OrgId
    send: SendId
    n: int


class Outbox(Protocol):
    """The queue of messages to deliver: at least once, in any order."""

    def put(self, messages: Collection[OutboxMessage]) -> None:
        """Raises UnavailableError ``queue_unavailable`` when it could not take them all."""


class Redelivery(Protocol):
    """When a queue gives a message again that was not acknowledged."""

    def delay(self, receipt_handle: str, by: timedelta) -> None:
        """Hide the message taken under ``receipt_handle`` for ``by`` from now, at most 12 hours."""


class Archive(Protocol):
    """The PDFs that were sent, for ever; previews for a day.

    What stores or reads raises UnavailableError ``archive_unavailable`` when it does not answer.
    """

    def put(self, organization: OrgId, pdf: bytes) -> str:
        """Keep bytes and return their SHA-256 in hexadecimal; keeping them again does nothing."""

    def get(self, organization: OrgId, sha256: str) -> bytes:
        """The bytes that ``put`` kept under a SHA-256.

        Nothing removes them, so there is no answer for what lacks: the store's own error is raised.
        """

    def link(self, organization: OrgId, sha256: str, *, filename: str) -> str:
        """A link to kept bytes that works for some minutes, opening as ``filename``."""

    def preview(self, organization: OrgId, pdf: bytes, *, filename: str) -> str:
        """A link, for some minutes, to bytes that are kept for a day."""


@dataclass(frozen=True, slots=True)
class UploadForm:
    """Where a client posts a file, as multipart/form-data: these fields first, then ``file``."""

    upload_id: str
    url: str
    fields: Mapping[str, str]


class Uploads(Protocol):
    """PDFs that clients put beside the archive themselves; they stay for a day."""

    def form(self, organization: OrgId, upload_id: str, *, limit: int) -> UploadForm:
        """The form of an upload of at most ``limit`` bytes; it works for some minutes."""

    def find(self, organization: OrgId, upload_id: str) -> bytes | None:
        """What was uploaded, if anything was and is still there."""


class Mailer(Protocol):
    """SES: the only way out, and only ``deliver`` has it."""

    def refresh(self) -> None:
        """Drop connections kept from before: one that died while the process slept would break
        under a POST, and nobody could tell whether SES got it."""

    def send(
        self,
        source: bytes,
        *,
        from_address: str,
        envelope: Sequence[str],
        organization: OrgId,
        send: SendId,
        n: int,
    ) -> str:
        """One POST, never repeated. Returns SES's message id; raises a MailError otherwise."""
