"""Sends to compose, and ways to parse their mails as a mail program does."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from facteur.adapters.email.compose import MailComposer
from facteur.domain.address import Recipient, Role
from facteur.domain.content import DocumentType
from facteur.domain.identity import DocumentId, SendId, UserId
from facteur.domain.send import FrozenDocument, Origin, Send
from facteur.domain.settings import Sender
from facteur.ports import Attachment

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
SENDER = Sender(
    name="Claire Durand",
    address="claire@atelier.example.com",
    reply_to=None,
    copy_to="claire@atelier.example.com",
)
INVOICE = FrozenDocument(
    id=DocumentId("01JDE0000000000000000000DC"),
    type=DocumentType.INVOICE,
    name="Facture F-2026-0142",
    number="F-2026-0142",
    date=dt.date(2026, 11, 24),
    filename="Facture F-2026-0142.pdf",
    size=len(PDF),
    sha256="a" * 64,
)
SEND = Send(
    id=SendId("01JDE0000000000000000000AB"),
    origin=Origin.MANUAL,
    created_by=UserId("claire"),
    queued_at=dt.datetime(2026, 11, 24, 9, 0, 30, tzinfo=dt.UTC),
    sender=SENDER,
    recipients=(Recipient("martin@client.example.com", Role.TO),),
    separate=False,
    copy=None,
    subject="Facture F-2026-0142 - Boulangerie Martin",
    body="Bonjour,\n\nVeuillez trouver ci-joint : Facture F-2026-0142.",
    documents=(INVOICE,),
)
_NAMES = {Role.TO: "main", Role.CC: "seen", Role.BCC: "blind"}


def people(count: int, role: Role, *, start: int = 0) -> tuple[Recipient, ...]:
    """``count`` recipients of a role; no address is a substring of another."""
    return tuple(
        Recipient(f"{_NAMES[role]}-{n:04d}@client.example.com", role)
        for n in range(start, start + count)
    )


def sources(send: Send, *, pdf: bytes = PDF) -> list[bytes]:
    """The source of every message of a Send, its documents attached."""
    attachments = [Attachment(document.filename, pdf) for document in send.documents]
    composition = MailComposer().compose(send, attachments)
    return [composition.source(planned) for planned in send.messages()]


def mail_of(send: Send) -> EmailMessage:
    """The first message of a Send, parsed."""
    return parse(sources(send)[0])


def parse(source: bytes) -> EmailMessage:
    """Parse a mail as a program does, without any defect."""
    mail = message_from_bytes(source, policy=policy.default)
    for part in mail.walk():
        assert part.defects == []
        assert [header.defects for header in part.values()] == [() for _ in part.values()]
    return mail


def addresses_in(source: bytes, candidates: Iterable[str]) -> set[str]:
    """The ``candidates`` that occur in a mail: raw, or in decoded headers or texts."""
    mail = message_from_bytes(source, policy=policy.default)
    texts = [source.decode("ascii").replace("\r\n ", "").replace("=\r\n", "")]
    for part in mail.walk():
        texts += [f"{name}: {value}" for name, value in part.items()]
        if part.get_content_maintype() == "text":
            texts.append(part.get_content())
    everything = "\n".join(texts).casefold()
    return {address for address in candidates if address.casefold() in everything}


def header_addresses(mail: EmailMessage, name: str) -> list[str]:
    """The addresses of a header, in order."""
    return [address.addr_spec for value in mail.get_all(name, []) for address in value.addresses]


def alternative(send: Send, kind: str) -> str:
    """The ``plain`` or ``html`` alternative of a Send's first mail, lines ended by \\n."""
    part = mail_of(send).get_body([kind])
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def from_default_sender(send: Send) -> Send:
    """The same Send, by a person whose own address may not be used in From."""
    sender = replace(SENDER, address="envois@atelier.example.com", reply_to="claire@home.example")
    return replace(send, sender=sender)
