"""Mails of one Send to 1,000 separate recipients, compared with building each from scratch."""

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from benchmarks.table import Row
from facteur.adapters.email.compose import MailComposer
from facteur.domain.address import Recipient, Role
from facteur.domain.content import DocumentType
from facteur.domain.identity import DocumentId, SendId, UserId
from facteur.domain.send import FrozenDocument, Origin, Send
from facteur.domain.settings import Sender
from facteur.ports import Attachment

RECIPIENTS = 1_000
PDF = b"%PDF-1.7\n" + hashlib.shake_256(b"pdf").digest(100_000)
"""As large and as incompressible as the PDF of a list of 300 rows."""
FILENAME = "Liste de personnel Chantier Étoile 2026-12-31.pdf"


def measure() -> list[Row]:
    """One row: milliseconds per mail; ours includes the mail's share of the work per Send."""
    composer, send = MailComposer(), _send()
    text = composer.text(send)  # loads the template engine before anything is measured
    attachments = [Attachment(FILENAME, PDF)]

    def ours() -> int:
        composition = composer.compose(send, attachments)
        return sum(len(composition.source(planned)) for planned in send.messages())

    def peer() -> int:
        return sum(
            len(_built_anew(send, recipient.address, html=text.html, text=text.text))
            for recipient in send.recipients
        )

    ours_ms, peer_ms = _milliseconds_a_mail(ours), _milliseconds_a_mail(peer)
    return [
        Row(
            "MIME of a mail, 1,000 recipients, 100 KB attached; peer: email.message",
            f"{ours_ms:.3f} ms",
            f"{peer_ms:.3f} ms",
            f"{ours_ms / peer_ms:.3f}",
        )
    ]


def _milliseconds_a_mail(build: Callable[[], int]) -> float:
    start = time.perf_counter()
    build()
    return (time.perf_counter() - start) * 1_000 / RECIPIENTS


def _built_anew(send: Send, to: str, *, html: str, text: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = format_datetime(send.queued_at)
    mail["From"] = Address(send.sender.name, addr_spec=send.sender.address)
    mail["To"] = to
    mail["Subject"] = send.subject
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename=FILENAME)
    return mail.as_bytes()


def _send() -> Send:
    claire = "claire@atelier.example.com"
    return Send(
        id=SendId("01JDE0000000000000000000AB"),
        origin=Origin.CAMPAIGN,
        created_by=UserId("claire"),
        queued_at=datetime(2026, 12, 31, 6, tzinfo=UTC),
        sender=Sender(name="Claire Durand", address=claire, reply_to=None, copy_to=claire),
        recipients=tuple(
            Recipient(f"p{n}@client.example.com", Role.BCC) for n in range(RECIPIENTS)
        ),
        separate=True,
        copy=None,
        subject="Liste de personnel - 31/12/2026",
        body="Bonjour,\n\nVeuillez trouver ci-joint : Chantier Étoile.",
        signature="<p><strong>Claire Durand</strong></p><p>Atelier Durand</p>",
        documents=(
            FrozenDocument(
                id=DocumentId("01JDE0000000000000000000DC"),
                type=DocumentType.STAFF_LIST,
                name="Chantier Étoile",
                number="",
                date=date(2026, 12, 31),
                filename=FILENAME,
                size=len(PDF),
                sha256="a" * 64,
            ),
        ),
    )
