"""Responses of a system, in forms that can be stored and compared with those of a later version.

Links, tokens and cursors differ each time and are in none of the forms.
"""

import csv
import email
import email.policy
import hashlib
import io
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

import httpx
from pypdf import PdfReader

NO_LONGER_PRINTED = frozenset({"Objet"})
"""Labels of PDFs that went: that of a name which only repeats type and number."""
_HEADERS = ("From", "Reply-To", "To", "Cc", "Subject")


class Form(StrEnum):
    """How a response is stored."""

    JSON = "json"
    """Unchanged."""
    PAGES = "pages"
    """The items of a list, from its first page to its last."""
    IDS = "ids"
    """The ids of the items, whose content is stored elsewhere."""
    BYTES = "bytes"
    """The SHA-256 of a stored file."""
    PDF = "pdf"
    """The words of a PDF that is rendered on request: another fpdf2 writes other bytes."""
    MAIL = "mail"
    """Headers, text and attachments of a mail whose source is composed on request."""
    CSV = "csv"
    """The rows of a CSV, each by the names of the columns."""


def read(http: httpx.Client, path: str, form: Form) -> Any:
    """The response to a GET in this form. Raises httpx.HTTPStatusError unless it succeeds."""
    if form in (Form.PAGES, Form.IDS):
        items = list(_items(http, path))
        return items if form is Form.PAGES else [item["id"] for item in items]
    answer = _get(http, path)
    match form:
        case Form.JSON:
            return answer.json()
        case Form.BYTES:
            return _sha256(answer.content)
        case Form.PDF:
            pages = PdfReader(io.BytesIO(answer.content)).pages
            return {"words": _words("\n".join(page.extract_text() for page in pages))}
        case Form.MAIL:
            return _mail(answer.content)
        case Form.CSV:
            text = io.StringIO(answer.content.decode("utf-8-sig"))
            return list(csv.DictReader(text, delimiter=";"))


def losses(stored: Any, now: Any, where: str = "") -> Iterator[str]:
    """What was stored and is missing or changed now; additions are no loss.

    Of words, only missing ones count: a later version may lay them out differently.
    """
    if isinstance(stored, Mapping) and isinstance(now, Mapping):
        for name, value in stored.items():
            if name in now:
                yield from losses(value, now[name], f"{where}.{name}")
            else:
                yield f"{where}.{name} is missing"
    elif where.endswith(".words"):
        missing = (word for word in stored if word not in now and word not in NO_LONGER_PRINTED)
        yield from (f"{where} lacks {word}" for word in missing)
    elif isinstance(stored, list) and isinstance(now, list) and len(stored) == len(now):
        for n, (one, other) in enumerate(zip(stored, now, strict=True)):
            yield from losses(one, other, f"{where}[{n}]")
    elif stored != now and not _was_nothing(stored, now, where):
        yield f"{where} was {stored!r:.300} and is {now!r:.300}"


def _was_nothing(stored: Any, now: Any, where: str) -> bool:
    """Of a PDF that does not exist, size 0 and an empty digest were answered until null was."""
    return now is None and not stored and where.endswith((".size", ".sha256"))


def _get(http: httpx.Client, path: str) -> httpx.Response:
    return http.get(path, follow_redirects=True).raise_for_status()


def _items(http: httpx.Client, path: str) -> Iterator[Any]:
    cursor = ""
    while True:
        page = _get(http, f"{path}{cursor}").json()
        yield from page["items"]
        if page["next"] is None:
            return
        cursor = f"{'&' if '?' in path else '?'}cursor={page['next']}"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _words(text: str) -> list[str]:
    return sorted(set(text.split()))


def _mail(source: bytes) -> dict[str, Any]:
    message = email.message_from_bytes(source, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return {
        "headers": {name: str(message[name]) for name in _HEADERS if name in message},
        "words": _words(str(body.get_content()) if body else ""),
        "attachments": [
            {"filename": part.get_filename(), "sha256": _sha256(part.get_content())}
            for part in message.iter_attachments()
        ],
    }
