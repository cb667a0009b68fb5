"""The port ``Composer``: makes the mails of a Send; composing one again gives the same bytes.

Every recipient of a Send gets the same body, so it is made once; a message adds its own To.
https://docs.aws.amazon.com/ses/latest/dg/header-fields.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime

from facteur.adapters.email.headers import address_header, mailbox_header, text_header
from facteur.adapters.email.mime import mime_body
from facteur.domain.address import domain_of
from facteur.domain.message import PlannedMessage
from facteur.domain.send import Origin, Send
from facteur.ports import Attachment, Composition, MailText


@dataclass(frozen=True, slots=True, kw_only=True)
class MailComposition:
    """The port ``Composition``: the parts that all mails of a Send share."""

    send: Send
    before: bytes
    to_sender: bytes
    after: bytes

    def source(self, planned: PlannedMessage) -> bytes:
        """The source of one message. Blind recipients are only in its envelope; there is no Bcc.

        The messages of a grouped Send have the same source, including the Message-ID (which SES
        replaces). Raises ValueError when a value would break a header.
        """
        to = address_header("To", planned.to_header) if planned.to_header else self.to_sender
        cc = address_header("Cc", planned.cc_header) if planned.cc_header else b""
        return b"".join((self.before, to, cc, self._message_id(planned.n), self.after))

    def _message_id(self, n: int) -> bytes:
        local = f"{self.send.id}.{n}" if self.send.separate else self.send.id
        return f"Message-ID: <{local}@{domain_of(self.send.sender.address)}>\r\n".encode("ascii")


class MailComposer:
    """The port ``Composer``. Loads the template engine when it composes the first mail."""

    def text(self, send: Send) -> MailText:
        """The body of the mails, in HTML and in plain text."""
        from facteur.adapters.email.body import mail_text  # noqa: PLC0415  (0.1 s)

        return mail_text(send)

    def compose(self, send: Send, attachments: Sequence[Attachment]) -> Composition:
        """Encode once what all messages of a Send share.

        Raises ValueError when a value would break a header.
        """
        sender = send.sender
        before = [
            text_header("Date", format_datetime(send.queued_at)),
            mailbox_header("From", display_name=sender.name, address=sender.address),
        ]
        if sender.reply_to is not None:
            before.append(
                mailbox_header("Reply-To", display_name=sender.name, address=sender.reply_to)
            )
        after = [text_header("Subject", send.subject), b"MIME-Version: 1.0\r\n"]
        if send.origin is Origin.NOTICE:
            # Suppresses out-of-office replies (RFC 3834).
            after.append(b"Auto-Submitted: auto-generated\r\n")
        after.append(mime_body(self.text(send), attachments, key=send.id))
        return MailComposition(
            send=send,
            before=b"".join(before),
            to_sender=mailbox_header("To", display_name=sender.name, address=sender.address),
            after=b"".join(after),
        )
