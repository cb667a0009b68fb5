"""What is made: PDFs, mails, harmless HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from facteur.domain.document import Document
from facteur.domain.message import PlannedMessage
from facteur.domain.send import Send
from facteur.domain.settings import OrganizationSettings
from facteur.locales import Locale


class Renderer(Protocol):
    """Makes PDFs and prints dates."""

    def render(self, document: Document, settings: OrganizationSettings, *, on: date) -> bytes:
        """The PDF of a document carrying the date ``on``.

        Raises TypeError for one that was uploaded: it has its PDF.
        """

    def format_date(self, value: date, locale: Locale) -> str:
        """A date as PDFs and ``{date}`` show it: ``31/01/2027``."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MailText:
    """The two alternatives of a message's body."""

    html: str
    text: str


class Composition(Protocol):
    """A Send made ready for writing its messages: what they share is encoded once."""

    def source(self, planned: PlannedMessage) -> bytes:
        """The RFC 822 source of one message: the same bytes at every call, no Bcc header."""


class Composer(Protocol):
    """Writes mails."""

    def text(self, send: Send) -> MailText:
        """Both alternatives of the body, as every message of the Send carries them."""

    def compose(self, send: Send, attachments: Sequence[Attachment]) -> Composition:
        """Encode once what all messages of a Send share; ``attachments`` in the order shown.

        Raises ValueError rather than write a broken header.
        """


class Inspector(Protocol):
    """Looks into PDFs made elsewhere."""

    def check(self, pdf: bytes, *, field: str) -> None:
        """Raises InputError on ``field`` when bytes are no PDF that may be sent on:
        ``upload_not_pdf``, ``upload_encrypted``, or ``upload_has_actions`` for one with scripts or
        actions that start programs."""


class Cleaner(Protocol):
    """Makes HTML typed by a person harmless."""

    def clean(self, html: str) -> str:
        """The HTML with everything outside the allow-list of a signature removed."""
