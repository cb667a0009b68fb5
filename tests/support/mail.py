"""Mail that the local mode has captured."""

import email
import email.policy
import io
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import httpx
from pypdf import PdfReader


@dataclass(frozen=True)
class Mail:
    """A captured mail: the addresses of its envelope, and its parsed message."""

    to: list[str]
    received_at: str
    send_id: str
    origin: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """Its plain-text part."""
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    @property
    def filenames(self) -> list[str]:
        """The names of the attachments."""
        return [part.get_filename() or "" for part in self.message.iter_attachments()]

    def attached(self) -> list[bytes]:
        """The bytes of the attachments."""
        return [part.get_content() for part in self.message.iter_attachments()]

    def pdf_text(self) -> str:
        """The text of all attached PDFs."""
        readers = [PdfReader(io.BytesIO(pdf)) for pdf in self.attached()]
        return "\n".join(page.extract_text() for reader in readers for page in reader.pages)


def captured(http: httpx.Client) -> list[Mail]:
    """All captured mail, oldest first."""
    listed = http.get("/local/mailbox", headers={"Accept": "application/json"}).json()
    return [_mail(http, row) for row in reversed(listed)]


def _mail(http: httpx.Client, row: dict[str, Any]) -> Mail:
    source = http.get(f"/local/mailbox/{row['id']}", headers={"Accept": "*/*"}).content
    message = email.message_from_bytes(source, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return Mail(row["to"], row["received_at"], row["send_id"], row["origin"], message)
