"""Making and checking content: PDFs, mails, sanitised HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from facteur.domain.content import Written
from facteur.domain.document import Document
from facteur.domain.inspection import Refusal
from facteur.domain.message import PlannedMessage
from facteur.domain.send import Send
from facteur.domain.settings import OrganizationSettings
from facteur.locales import Locale


class Renderer(Protocol):
    """Renders PDFs and formats dates."""

    def render(self, document: Document, settings: OrganizationSettings, *, on: date) -> bytes:
        """The PDF of a document, dated ``on``.

        Raises TypeError for an uploaded document, which has a PDF already, and TooManyPagesError,
        at the cost of the pages allowed, for one that is too long.
        """

    def ensure_printable(self, content: Written, settings: OrganizationSettings) -> None:
        """Raises TooManyPagesError when the PDF of a content would be too long."""

    def unprintable(self, characters: str) -> str:
        """Those of some characters that PDFs show as a hollow square, because no font has them."""

    def format_date(self, value: date, locale: Locale) -> str:
        """A date as PDFs and the variable ``{date}`` show it: ``31/01/2027``."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a message."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MailText:
    """The body of a message, in HTML and in plain text."""

    html: str
    text: str


class Composition(Protocol):
    """A Send prepared for composing its messages: what they share is encoded once."""

    def source(self, planned: PlannedMessage) -> bytes:
        """The source of one message (RFC 5322): the same bytes at every call, no Bcc header."""


class Composer(Protocol):
    """Composes mails."""

    def text(self, send: Send) -> MailText:
        """The body of every message of the Send, in HTML and in plain text."""

    def compose(self, send: Send, attachments: Sequence[Attachment]) -> Composition:
        """Encode once what all messages of a Send share, with ``attachments`` in this order.

        Raises ValueError when a value would break a header.
        """


class PdfChecker(Protocol):
    """Reads PDFs that strangers made."""

    def check(self, pdf: bytes) -> Refusal | None:
        """Why a PDF may not be sent, or None when it may."""


class Cleaner(Protocol):
    """Sanitises HTML typed by people."""

    def clean(self, html: str) -> str:
        """The HTML without anything that the allow-list for signatures does not contain."""


class Images(Protocol):
    """Reads images."""

    def count_pixels(self, image: bytes) -> int:
        """Width times height of an image, without decoding it; 0 when it cannot be read."""
