"""A fake of the Sends of one organization: rows, contents and messages."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from facteur.domain.account import daily_limit_error
from facteur.domain.composing import MAX_UNFINISHED, ComposingAttempt
from facteur.domain.errors import AlreadyRetriedError, CampaignMovedError, NotFoundError
from facteur.domain.identity import CampaignId, SendId
from facteur.domain.message import Claim, EventDetail, EventKey, MessageState, merge_event
from facteur.domain.requests import SendFilter
from facteur.domain.send import Origin, Send
from facteur.domain.send_row import SendRow, row_of
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import CampaignAdvance, Creation, Page
from tests.fakes.campaigns import advance_campaign, may_advance
from tests.fakes.data import (
    Organization,
    RecordKey,
    Writes,
    find_creation,
    page,
    put_deliveries,
    put_record,
    says,
)


def count(used: Counter[date], at: datetime, more: int, *, limit: int) -> None:
    """Count ``more`` on the day of ``at``, unless the day would exceed its limit."""
    if more and used[at.date()] + more > limit:
        raise daily_limit_error(limit, at)
    used[at.date()] += more


@dataclass
class FakeSends:
    store: Writes
    data: Organization

    def create(
        self,
        send: Send,
        *,
        idempotency_key: RecordKey | None = None,
        after_retries: int = 0,
        advance: CampaignAdvance | None = None,
        daily_limit: int | None = None,
        hooks: Sequence[HookDelivery] = (),
    ) -> Creation:
        self.store.on_write("create_send")
        if (first := find_creation(self.data, idempotency_key, send.id)) is not None:
            return first
        original = self.get_row(send.retry_of) if send.retry_of is not None else None
        if original is not None and len(original.retried_by) != after_retries:
            raise AlreadyRetriedError
        if advance is not None and not may_advance(self.data, advance):
            raise CampaignMovedError
        if daily_limit is not None:
            count(self.data.used, send.queued_at, len(send.messages()), limit=daily_limit)
        if original is not None:
            self.data.rows[original.id] = replace(
                original, retried_by=(*original.retried_by, send.id)
            )
        if advance is not None:
            advance_campaign(self.data, advance, send.id)
        put_record(self.data, idempotency_key, send.id)
        self._put(send)
        put_deliveries(self.data, hooks)
        return Creation(send.id, created=True)

    def _put(self, send: Send) -> None:
        self.data.sends[send.id] = send
        self.data.rows[send.id] = row_of(send)

    def get(self, send_id: SendId) -> Send:
        if send_id not in self.data.sends:
            raise NotFoundError("send_not_found")
        return self.data.sends[send_id]

    def get_row(self, send_id: SendId) -> SendRow:
        if send_id not in self.data.rows:
            raise NotFoundError("send_not_found")
        return self.data.rows[send_id]

    def get_rows(self, send_ids: Collection[SendId]) -> Mapping[SendId, SendRow]:
        seen = {row.id for row in self._seen()}
        return {send_id: self.data.rows[send_id] for send_id in send_ids if send_id in seen}

    def _seen(self) -> list[SendRow]:
        """The rows of the history that an eventually consistent read finds, oldest first."""
        rows = [row for row in self.data.rows.values() if row.origin is not Origin.NOTICE]
        rows.sort(key=lambda row: row.id)
        return rows[:-1] if self.store.lists_lag else rows

    def list_page(self, wanted: SendFilter, *, cursor: str | None, limit: int) -> Page[SendRow]:
        rows = [row for row in self._seen() if self._matches(row, wanted)]
        return page(sorted(rows, key=lambda row: row.id, reverse=True), cursor, limit)

    def of_campaign(self, campaign_id: CampaignId) -> Iterator[SendRow]:
        rows = (row for row in self.data.rows.values() if row.campaign_id == campaign_id)
        yield from sorted(rows, key=lambda row: row.id, reverse=True)

    def _matches(self, row: SendRow, wanted: SendFilter) -> bool:
        addresses = {r.address.casefold() for r in self.data.sends[row.id].recipients}
        return (
            wanted.accepts(row)
            and (wanted.since is None or row.queued_at >= wanted.since)
            and (wanted.before is None or row.queued_at < wanted.before)
            and (not wanted.recipient or wanted.recipient.casefold() in addresses)
            and says(wanted.q, [row.subject, *(f"{d.name} {d.number}" for d in row.documents)])
        )

    def used_on(self, day: date) -> int:
        return self.data.used[day]

    def advance(
        self,
        row: SendRow,
        *,
        notice: Send | None = None,
        notice_limit: int | None = None,
        hooks: Sequence[HookDelivery] = (),
    ) -> bool:
        self.store.on_write("advance")
        stored = self.data.rows[row.id]
        if stored.revision != row.revision:
            return False
        if notice is not None and notice_limit is not None:
            count(self.data.notices, notice.queued_at, 1, limit=notice_limit)
        self.data.rows[row.id] = replace(
            row, revision=row.revision + 1, retried_by=stored.retried_by
        )
        if notice is not None:
            self._put(notice)
        put_deliveries(self.data, hooks)
        return True

    def get_messages(self, send_id: SendId) -> Mapping[int, MessageState]:
        return {n: state for (of, n), state in self.data.messages.items() if of == send_id}

    def find_message(self, send_id: SendId, n: int) -> MessageState | None:
        return self.data.messages.get((send_id, n))

    def claim(self, send_id: SendId, n: int, claim: Claim) -> bool:
        self.store.on_write("claim")
        state = self.data.messages.get((send_id, n), MessageState(n))
        if state.claim is not None or not state.is_pending:
            return False
        self.data.messages[send_id, n] = replace(state, claim=claim)
        return True

    def release(self, send_id: SendId, n: int, claim: Claim) -> None:
        self.store.on_write("release")
        state = self.data.messages.get((send_id, n))
        if state is not None and state.claim == claim and state.is_pending:
            self.data.messages[send_id, n] = replace(state, claim=None)

    def record_events(
        self,
        send_id: SendId,
        n: int,
        events: Mapping[EventKey, EventDetail],
        *,
        ses_message_id: str | None = None,
    ) -> MessageState:
        self.store.on_write("record_events")
        state = self.data.messages.get((send_id, n), MessageState(n))
        merged = dict(state.events)
        for key, detail in events.items():
            merged[key] = merge_event(detail, merged.get(key), event=key.event)
        state = replace(state, events=merged, ses_message_id=state.ses_message_id or ses_message_id)
        self.data.messages[send_id, n] = state
        return state

    def record_if_claimed(
        self, send_id: SendId, n: int, key: EventKey, detail: EventDetail, *, claim: Claim | None
    ) -> bool:
        self.store.on_write("record_if_claimed")
        state = self.data.messages.get((send_id, n), MessageState(n))
        if state.claim != claim or not state.is_pending:
            return False
        self.data.messages[send_id, n] = replace(state, events={**state.events, key: detail})
        return True

    def begin_composing(self, send_id: SendId, attempt: ComposingAttempt) -> bool:
        self.store.on_write("begin_composing")
        attempts = self.data.composing.setdefault(send_id, set())
        if len(attempts) >= MAX_UNFINISHED:
            return attempt in attempts
        attempts.add(attempt)
        return True

    def end_composing(self, send_id: SendId) -> None:
        self.store.on_write("end_composing")
        self.data.composing.pop(send_id, None)

    def get_unfinished(self, send_id: SendId) -> Collection[ComposingAttempt]:
        return frozenset(self.data.composing.get(send_id, ()))
