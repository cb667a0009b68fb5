"""Reads the history: its pages, one Send in full, attachments and message sources."""

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from facteur.domain.errors import ConflictError, NotFoundError, TooLargeError, TransientError
from facteur.domain.identity import Caller, OrgId, SendId
from facteur.domain.message import MessageState
from facteur.domain.occurrences import start_of_day
from facteur.domain.requests import MAX_RESPONSE_TEXT, HistoryRequest, SendFilter
from facteur.domain.resolution import Resolution
from facteur.domain.send import Origin, Send
from facteur.domain.send_row import SendRow, may_be_over
from facteur.locales import Locale
from facteur.ports import Archive, Composer, Page, Store
from facteur.services.delivery.caches import compose
from facteur.services.delivery.settle import SettleSend
from facteur.services.people import settings_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SendDetail:
    """A Send, its row, and the states of its messages by number."""

    send: Send
    row: SendRow
    states: Mapping[int, MessageState]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHistory:
    """Reads the history."""

    store: Store
    archive: Archive
    composer: Composer
    settle_send: SettleSend

    def list_page(
        self, caller: Caller, wanted: HistoryRequest, *, cursor: str | None, limit: int
    ) -> Page[SendRow]:
        """A page of the history, newest first. Raises InputError ``cursor_invalid``."""
        chosen = send_filter(self.store, caller.organization, wanted)
        page = self.store.sends(caller.organization).list_page(chosen, cursor=cursor, limit=limit)
        rows = self._settled(caller.organization, page.items)
        return replace(page, items=[row for row in rows if chosen.accepts(row)])

    def get(self, caller: Caller, send_id: SendId) -> SendDetail:
        """Everything about one Send. Raises NotFoundError ``send_not_found``."""
        sends = self.store.sends(caller.organization)
        row = sends.get_row(send_id)
        if row.origin is Origin.NOTICE:
            raise NotFoundError("send_not_found")
        (row,) = self._settled(caller.organization, [row])
        return SendDetail(sends.get(send_id), row, sends.get_messages(send_id))

    def _settled(self, organization: OrgId, rows: Sequence[SendRow]) -> list[SendRow]:
        """Rows whose failure their retries have made good, settled if they do not know it.

        Version 0.1.0 stored nothing about that; any row that is settled now knows it.
        """
        retries = {
            retry for row in rows if row.resolution is Resolution.OPEN for retry in row.retried_by
        }
        known = self.store.sends(organization).get_rows(retries) if retries else {}
        return [self._settle(organization, row) if may_be_over(row, known) else row for row in rows]

    def _settle(self, organization: OrgId, row: SendRow) -> SendRow:
        try:
            return self.settle_send.settle(organization, row.id)
        except (ConflictError, TransientError) as error:
            # It is shown as it is stored, and settled the next time.
            keys = {"organization": organization, "send": row.id, "code": error.code}
            _log.warning("send not settled", extra=keys, exc_info=error)
            return row

    def locale(self, caller: Caller) -> Locale:
        """The organization's language, the default of readers."""
        return settings_of(self.store.settings(caller.organization)).locale

    def attachment_link(self, caller: Caller, send_id: SendId, n: int) -> str:
        """A link to the archived attachment ``n``. Raises NotFoundError."""
        documents = self._get(caller, send_id).documents
        if n >= len(documents) or not documents[n].sha256:
            raise NotFoundError("attachment_not_found")
        document = documents[n]
        return self.archive.link(caller.organization, document.sha256, filename=document.filename)

    def message_source(self, caller: Caller, send_id: SendId, n: int) -> bytes:
        """The RFC 822 source of message ``n``, as it was handed to SES.

        Raises NotFoundError, also when a PDF was deleted for the sake of a person who is named in
        it, and TooLargeError ``message_too_large``.
        """
        send = self._get(caller, send_id)
        messages = send.messages()
        if n >= len(messages) or not all(document.sha256 for document in send.documents):
            raise NotFoundError("message_not_found")
        if sum(document.size for document in send.documents) * 4 // 3 > MAX_RESPONSE_TEXT:
            raise TooLargeError("message_too_large")
        composition = compose(self.composer, self.archive, caller.organization, send)
        source = composition.source(messages[n])
        if len(source) > MAX_RESPONSE_TEXT:
            raise TooLargeError("message_too_large")
        return source

    def _get(self, caller: Caller, send_id: SendId) -> Send:
        send = self.store.sends(caller.organization).get(send_id)
        if send.origin is Origin.NOTICE:
            raise NotFoundError("send_not_found")
        return send


def send_filter(store: Store, organization: OrgId, wanted: HistoryRequest) -> SendFilter:
    """The filter in instants: whole days of the organization."""
    since = before = None
    if wanted.from_date is not None or wanted.to_date is not None:
        zone = ZoneInfo(settings_of(store.settings(organization)).timezone)
        if wanted.from_date is not None:
            since = start_of_day(wanted.from_date, zone)
        if wanted.to_date is not None:
            before = start_of_day(wanted.to_date + dt.timedelta(days=1), zone)
    return SendFilter.model_construct(**dict(wanted), since=since, before=before)
