"""Delivery: the outbox queue, the archive of sent PDFs, uploads, and SES."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from facteur.domain.identity import OrgId, SendId
from facteur.domain.inspection import Inspection
from facteur.domain.message import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A request to deliver message ``n`` of a Send.

    ``unsent`` is a claim under which surely nothing was sent, and which could not be released: it
    must be released first.
    """

    organization: OrgId
    send: SendId
    n: int
    unsent: Claim | None = None


class Outbox(Protocol):
    """The queue of messages to deliver: they arrive at least once, in any order."""

    def put(self, messages: Collection[OutboxMessage]) -> None:
        """Enqueue messages. Raises UnavailableError ``queue_unavailable`` unless all were taken."""


class Redelivery(Protocol):
    """Sets when a queue delivers a message again that was not acknowledged."""

    def delay(self, receipt_handle: str, by: timedelta) -> None:
        """Hide the message received as ``receipt_handle`` for ``by`` from now, at most 12 hours."""


class Archive(Protocol):
    """The PDFs that were sent, kept without limit, and previews, kept for a day.

    ``put``, ``get`` and ``preview`` raise UnavailableError ``archive_unavailable`` when the archive
    does not answer.
    """

    def put(self, organization: OrgId, pdf: bytes) -> str:
        """Store a PDF and return its SHA-256 in hexadecimal; storing it again does nothing."""

    def get(self, organization: OrgId, sha256: str) -> bytes:
        """The PDF that ``put`` stored under a SHA-256.

        Archived PDFs are never removed, so one that is missing raises the SDK's own error.
        """

    def link(self, organization: OrgId, sha256: str, *, filename: str) -> str:
        """A link to an archived PDF, valid for some minutes, that opens it as ``filename``."""

    def preview(self, organization: OrgId, pdf: bytes, *, filename: str) -> str:
        """Store a PDF for a day and return a link to it, valid for some minutes."""


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A form for posting a file as multipart/form-data: ``fields`` first, then ``file``."""

    upload_id: str
    url: str
    fields: Mapping[str, str]


class Uploads(Protocol):
    """PDFs that clients upload directly; they are kept for a day."""

    def form(self, organization: OrgId, upload_id: str, *, limit: int) -> UploadForm:
        """The form for an upload of at most ``limit`` bytes, valid for some minutes."""

    def find(self, organization: OrgId, upload_id: str, *, limit: int) -> bytes | None:
        """The uploaded bytes, at most one more than ``limit``; None when none are left."""


class Inspector(Protocol):
    """Inspects uploads where nothing can be done but read them and answer."""

    def inspect(self, organization: OrgId, upload_id: str) -> Inspection:
        """Check what has been uploaded under an id.

        Raises UnavailableError ``inspector_unavailable`` when it is not known whether the file may
        be sent and a later attempt can tell. A file at which every attempt breaks off is refused.
        """


class Mailer(Protocol):
    """SES, which only the function ``deliver`` may call."""

    def refresh(self) -> None:
        """Close kept-alive connections.

        One that broke while the process was frozen would fail during a POST, and it would be
        unknown whether SES received the message.
        """

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
        """Send a mail in one POST, never repeated. Returns SES's message id; raises MailError."""
