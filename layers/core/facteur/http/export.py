"""The history as CSV, for a spreadsheet."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from facteur.domain.explanations import explain
from facteur.domain.forgetting import is_forgotten
from facteur.domain.message import RecipientOutcome
from facteur.domain.send_row import SendRow
from facteur.domain.wording import type_label
from facteur.locales import Locale, language_of

_BYTE_ORDER_MARK = "\ufeff"
"""Without this byte order mark, Excel reads UTF-8 as the local code page."""
_FORMULA = re.compile(r"""((?:\A|[;,|\t\r\n\v\f\x85\u2028\u2029])[" ]*)([=+\-@＝＋－＠])""")
"""What makes a spreadsheet calculate a cell instead of showing it: such a sign at its beginning, or
behind what another program takes for the end of a cell.
https://owasp.org/www-community/attacks/CSV_Injection"""
_MAX_CELL = 1_000

type Line = tuple[SendRow, RecipientOutcome]


def csv_of(lines: Iterable[Line], *, zone: ZoneInfo, locale: Locale) -> str:
    """The table of these recipients, newest Send first, times in ``zone``."""
    words = language_of(locale).export
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=words.delimiter)
    writer.writerow(words.columns)
    for row, recipient in lines:
        writer.writerow(_safe(cell) for cell in _cells(row, recipient, zone, locale))
    return text.getvalue()


def _cells(
    row: SendRow, recipient: RecipientOutcome, zone: ZoneInfo, locale: Locale
) -> Iterator[str]:
    words = language_of(locale).export
    yield row.id
    yield _local(row.queued_at, zone)
    yield _local(row.progress.sent_at, zone)
    yield getattr(words.outcomes, recipient.outcome)
    yield _local(recipient.at, zone)
    yield words.forgotten if is_forgotten(recipient.address) else recipient.address
    yield getattr(words.roles, recipient.role)
    yield row.subject
    yield type_label(row.document_type, locale) if row.document_type else ""
    yield ", ".join(document.name for document in row.documents)
    yield ", ".join(document.number for document in row.documents)
    yield ", ".join(document.filename for document in row.documents)
    yield ", ".join(document.sha256 for document in row.documents)
    yield recipient.ses_message_id or ""
    sender = row.sender.address
    yield words.forgotten if is_forgotten(sender) else sender
    yield _error(recipient)
    yield _explanation(recipient, locale)


def _error(recipient: RecipientOutcome) -> str:
    """The code, for programs, and the remote server's text."""
    if not recipient.is_failure:
        return ""
    return f"{recipient.code}: {recipient.detail}" if recipient.detail else recipient.code


def _explanation(recipient: RecipientOutcome, locale: Locale) -> str:
    """The cause and the remedy, for people."""
    if not recipient.is_failure:
        return ""
    explanation = explain(recipient.code, locale)
    return f"{explanation.cause} {explanation.remedy}"


def _local(at: dt.datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if at is not None else ""


def _safe(cell: str) -> str:
    """A cell that a spreadsheet shows as text and does not calculate, wherever it splits it."""
    return _FORMULA.sub(r"\1'\2", cell[:_MAX_CELL])
