"""The MIME body that all messages of a Send share: RFC 2045 and 2046, 7-bit, CRLF."""

import base64
import quopri
from collections.abc import Sequence

from facteur.adapters.email.headers import attachment_headers
from facteur.ports import Attachment, MailText


def mime_body(text: MailText, attachments: Sequence[Attachment], *, key: str) -> bytes:
    """The body with its MIME headers: HTML and plain text, then the attachments.

    Boundaries are derived from ``key`` and begin with "=_", which neither quoted-printable nor
    base64 can contain (RFC 2045, 6.7).
    """
    alternatives = _multipart(
        "alternative",
        [_text_part("plain", text.text), _text_part("html", text.html)],
        boundary=f"=_text-{key}",
    )
    if not attachments:
        return alternatives
    files = [_file_part(attachment) for attachment in attachments]
    return _multipart("mixed", [alternatives, *files], boundary=f"=_mail-{key}")


def _multipart(subtype: str, parts: Sequence[bytes], *, boundary: str) -> bytes:
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'
    delimiter = f"--{boundary}\r\n".encode("ascii")
    pieces = [head.encode("ascii")]
    for part in parts:
        pieces += [delimiter, part, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode("ascii"))
    return b"".join(pieces)


def _text_part(subtype: str, text: str) -> bytes:
    head = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return head.encode("ascii") + quopri.encodestring(lines.encode("utf-8"))


def _file_part(attachment: Attachment) -> bytes:
    encoded = base64.encodebytes(attachment.content).rstrip(b"\n").replace(b"\n", b"\r\n")
    encoding = b"Content-Transfer-Encoding: base64\r\n\r\n"
    return attachment_headers(attachment.filename) + encoding + encoded
