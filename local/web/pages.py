"""HTML pages: the mailbox, one message, and the front page without a console."""

import email
import email.policy
import re
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse, Response

from local.mailbox.captured import CapturedMessage

_SANDBOX = {
    # The HTML of a message is shown as it was sent, but runs no script and loads nothing.
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline';"
    " img-src data:",
    "X-Content-Type-Options": "nosniff",
}
_UNSAFE = re.compile(r'[\\"\r\n]')


class Pages:
    """Renders the pages from ``templates/``."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
        )

    def mailbox(self, mails: Sequence[CapturedMessage]) -> Response:
        """The list of captured messages."""
        return self._page("mailbox.html", mails=mails)

    def message(self, captured: CapturedMessage, source: bytes) -> Response:
        """One message: its HTML, text, attachments and headers."""
        message = _parsed(source)
        parts = list(message.walk())
        shown = [
            {
                "n": n,
                "type": part.get_content_type(),
                "name": part.get_filename() or "",
                "size": len(_content(part)),
            }
            for n, part in enumerate(parts)
            if not part.is_multipart()
        ]
        text = message.get_body(("plain",))
        headers, _, _ = source.replace(b"\r\n", b"\n").partition(b"\n\n")
        return self._page(
            "message.html",
            mail=captured,
            html=next((each["n"] for each in shown if each["type"] == "text/html"), None),
            text=text.get_content() if isinstance(text, EmailMessage) else "",
            attachments=[each for each in shown if each["name"]],
            headers=headers.decode("utf-8", "replace"),
            headers_to=message.get("To", ""),
            headers_cc=message.get("Cc", ""),
        )

    def part(self, source: bytes, n: int) -> Response | None:
        """Part ``n`` of a message, decoded; None when it has no such part."""
        parts = list(_parsed(source).walk())
        if not 0 <= n < len(parts) or parts[n].is_multipart():
            return None
        part = parts[n]
        headers = {} if part.get_content_type() == "application/pdf" else dict(_SANDBOX)
        name = part.get_filename()
        if name:
            plain = _UNSAFE.sub("_", name).encode("ascii", "replace").decode()
            headers["Content-Disposition"] = f'inline; filename="{plain}"'
        media_type = part.get_content_type()
        if part.get_content_maintype() == "text":
            media_type = f"{media_type}; charset={part.get_content_charset('utf-8')}"
        return Response(_content(part), headers=headers, media_type=media_type)

    def home(self, **values: object) -> Response:
        """The front page."""
        return self._page("home.html", **values)

    def _page(self, name: str, **values: object) -> Response:
        page = self._templates.get_template(name).render(**values)
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def _parsed(source: bytes) -> EmailMessage:
    message = email.message_from_bytes(source, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError(type(message).__name__)
    return message


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
