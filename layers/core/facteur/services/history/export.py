"""The history as a table: one line per recipient."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from facteur.domain.errors import InputError, Problem
from facteur.domain.identity import Caller
from facteur.domain.message import RecipientOutcome
from facteur.domain.requests import HistoryRequest
from facteur.domain.send import ROW_RECIPIENTS, recipient_outcomes
from facteur.domain.send_row import SendRow
from facteur.locales import Locale
from facteur.ports import Sends, Store
from facteur.services.history.read import send_filter
from facteur.services.people import settings_of

MAX_LINES = 5_000
"""Lines that an export may have."""
_PAGE = 100


type Line = tuple[SendRow, RecipientOutcome]


@dataclass(frozen=True, slots=True)
class Export:
    """The lines found, newest Send first, and the organization's zone and language."""

    lines: Sequence[Line]
    zone: ZoneInfo
    locale: Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSends:
    """Exports the history."""

    store: Store

    def export(self, caller: Caller, wanted: HistoryRequest) -> Export:
        """All lines of a search. Raises InputError ``export_too_large`` beyond MAX_LINES."""
        settings = settings_of(self.store.settings(caller.organization))
        sends = self.store.sends(caller.organization)
        chosen = send_filter(self.store, caller.organization, wanted)
        lines: list[Line] = []
        cursor: str | None = None
        while True:
            page = sends.list_page(chosen, cursor=cursor, limit=_PAGE)
            for row in page.items:
                lines += ((row, recipient) for recipient in _recipients(row, sends))
                if len(lines) > MAX_LINES:
                    raise InputError([Problem("from", "export_too_large", {"max": MAX_LINES})])
            if page.next is None:
                return Export(lines, ZoneInfo(settings.timezone), settings.locale)
            cursor = page.next


def _recipients(row: SendRow, sends: Sends) -> Iterator[RecipientOutcome]:
    """All recipients of a Send; its row has only the first ROW_RECIPIENTS."""
    if row.recipient_count + row.copy_to_sender <= ROW_RECIPIENTS:
        yield from row.progress.recipients
    else:
        yield from recipient_outcomes(sends.get(row.id), sends.get_messages(row.id))
