"""Fakes of what renders, checks and composes; PDFs and mails are one line of text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from facteur.domain.content import UploadedPdf, Written
from facteur.domain.document import Document
from facteur.domain.inspection import Refusal, RefusalReason
from facteur.domain.message import PlannedMessage
from facteur.domain.send import Send
from facteur.domain.settings import OrganizationSettings
from facteur.locales import Locale
from facteur.ports import Attachment, Composition, MailText


@dataclass
class FakeRenderer:
    """Renders a line of text that names its input, padded to ``size`` bytes.

    Counts its renderings. Raises ``fault`` instead if it is set.
    """

    rendered: int = 0
    size: int = 0
    fault: Exception | None = None

    def render(self, document: Document, settings: OrganizationSettings, *, on: date) -> bytes:
        if isinstance(document.content, UploadedPdf):
            raise TypeError("uploaded")
        if self.fault is not None:
            raise self.fault
        self.rendered += 1
        line = f"%PDF-fake {settings.name} {document.content.name} {on} v{document.version}"
        return line.encode().ljust(self.size)

    def ensure_printable(self, content: Written, settings: OrganizationSettings) -> None:
        if self.fault is not None:
            raise self.fault

    def unprintable(self, characters: str) -> str:
        """Chinese characters are missing."""
        return "".join(letter for letter in characters if "\u4e00" <= letter <= "\u9fff")

    def format_date(self, value: date, locale: Locale) -> str:
        return f"{value:%d/%m/%Y}"


class FakePdfChecker:
    """Refuses what does not begin like a PDF, or contains a launch action."""

    def check(self, pdf: bytes) -> Refusal | None:
        if not pdf.startswith(b"%PDF-"):
            return Refusal(RefusalReason.NOT_PDF)
        if b"/Launch" in pdf:
            return Refusal(RefusalReason.HAS_ACTIONS, "Launch")
        return None


@dataclass(frozen=True)
class FakeComposition:
    send: Send
    attachments: Sequence[Attachment]

    def source(self, planned: PlannedMessage) -> bytes:
        return f"{self.send.id} {planned.n} {self.send.subject}".encode()


@dataclass
class FakeComposer:
    """Composes mails of one line, and a text with the signature.

    Counts its compositions. Raises ``fault`` instead if it is set; ``on_compose`` is called first.
    """

    composed: int = 0
    fault: Exception | None = None
    on_compose: Callable[[Send], None] = lambda _: None

    def text(self, send: Send) -> MailText:
        return MailText(html=f"<p>{send.body}</p>{send.signature}", text=send.body)

    def compose(self, send: Send, attachments: Sequence[Attachment]) -> Composition:
        self.on_compose(send)
        if self.fault is not None:
            raise self.fault
        self.composed += 1
        return FakeComposition(send, attachments)
