"""The Sends of one organization: created once, then advanced."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from facteur.adapters.dynamodb.attributes import number, texts
from facteur.adapters.dynamodb.campaign_writes import advancing
from facteur.adapters.dynamodb.composing import DynamoComposing
from facteur.adapters.dynamodb.expression import Expression, Put, Update, Write, put_new
from facteur.adapters.dynamodb.history import DynamoHistory
from facteur.adapters.dynamodb.idempotency import DynamoIdempotency, OnceKey
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.messages import DynamoMessages
from facteur.adapters.dynamodb.search_index import postings_of
from facteur.adapters.dynamodb.send_items import (
    RETRIED_BY,
    REVISION,
    TEMPORARY,
    content_item,
    progress_fields,
    row_from,
    row_item,
    row_key,
    send_from,
)
from facteur.adapters.dynamodb.table import Table
from facteur.adapters.dynamodb.usage import (
    Use,
    adding,
    is_over,
    read_use,
    use_of_messages,
    use_of_notice,
)
from facteur.adapters.dynamodb.webhook_items import delivery_item
from facteur.domain.account import daily_limit_error
from facteur.domain.errors import AlreadyRetriedError, CampaignMovedError, NotFoundError
from facteur.domain.identity import SendId
from facteur.domain.send import Send
from facteur.domain.send_row import SendRow, row_of
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import CampaignAdvance, Creation


@dataclass(frozen=True)
class DynamoSends(DynamoHistory, DynamoMessages, DynamoComposing):
    """The port ``Sends``."""

    table: Table
    keys: Keys
    idempotency: DynamoIdempotency

    def create(
        self,
        send: Send,
        *,
        idempotency_key: OnceKey | None = None,
        after_retries: int = 0,
        advance: CampaignAdvance | None = None,
        daily_limit: int | None = None,
        hooks: Sequence[HookDelivery] = (),
    ) -> Creation:
        use = self._use(send, daily_limit)
        if use is not None and is_over(self.table, use):
            # Before the postings are written, which would stay without a Send.
            if (first := self.idempotency.find_first(idempotency_key, send.id)) is not None:
                return first
            raise daily_limit_error(use.limit, send.queued_at)
        # Before the Send: a posting without its Send is ignored, a Send without one is not found.
        self.table.put_many(postings_of(self.keys, send))
        conditional = self._conditional(send, after_retries, advance, use)
        writes = self._creation(send)

        def explain(refused: Collection[int]) -> None:
            for place, (_, raise_error) in enumerate(conditional, start=len(writes)):
                if place in refused:
                    raise_error()

        return self.idempotency.create(
            [*writes, *(write for write, _ in conditional), *self._owed(hooks)],
            send.id,
            idempotency_key=idempotency_key,
            explain=explain,
        )

    def used_on(self, day: date) -> int:
        return read_use(self.table, self.keys.usage(day))

    def get(self, send_id: SendId) -> Send:
        item = self.table.get(self.keys.send_content(send_id))
        if item is None:
            raise NotFoundError("send_not_found")
        return send_from(item)

    def get_row(self, send_id: SendId) -> SendRow:
        item = self.table.get(self.keys.send_row(send_id)) or self.table.get(
            self.keys.notice_row(send_id)
        )
        if item is None:
            raise NotFoundError("send_not_found")
        return row_from(item)

    def get_rows(self, send_ids: Collection[SendId]) -> Mapping[SendId, SendRow]:
        keys = [self.keys.send_row(send_id) for send_id in dict.fromkeys(send_ids)]
        rows = [row_from(item) for item in self.table.get_many(keys)]
        return {row.id: row for row in rows}

    def advance(
        self,
        row: SendRow,
        *,
        notice: Send | None = None,
        notice_limit: int | None = None,
        hooks: Sequence[HookDelivery] = (),
    ) -> bool:
        writes: list[Write] = [self._advancing(row), *self._owed(hooks)]
        if len(writes) == 1 and notice is None:
            return self.table.write(writes[0]) is None
        if notice is not None:
            writes += self._creation(notice)
        if notice is None or notice_limit is None:
            return not self.table.transact(writes)
        use = use_of_notice(self.keys, notice.queued_at, limit=notice_limit)
        refused = self.table.transact([*writes, adding(use)])
        if refused == {len(writes)}:
            _explain_use(use, notice.queued_at)
        return not refused

    def _owed(self, hooks: Sequence[HookDelivery]) -> list[Write]:
        return [Put(item=delivery_item(self.keys, delivery)) for delivery in hooks]

    def _creation(self, send: Send) -> list[Write]:
        return [
            put_new(row_item(self.keys, row_of(send))),
            put_new(content_item(self.keys, send)),
        ]

    def _conditional(
        self, send: Send, after_retries: int, advance: CampaignAdvance | None, use: Use | None
    ) -> list[tuple[Write, Callable[[], NoReturn]]]:
        """The writes of a creation that other Sends may cause to be refused, each with what raises
        its error. The first of those refused says why: a campaign that moved before the limit."""
        writes: list[tuple[Write, Callable[[], NoReturn]]] = []
        if (original := send.retry_of) is not None:
            noting = self._noting_retry(original, send.id, after_retries)
            writes.append((noting, lambda: self._explain_retry(original)))
        if advance is not None:
            writes.append((advancing(self.keys, advance, send.id), _explain_advance))
        if use is not None:
            writes.append((adding(use), lambda: _explain_use(use, send.queued_at)))
        return writes

    def _use(self, send: Send, daily_limit: int | None) -> Use | None:
        """The use that a Send makes of its day; None when nothing is to be counted."""
        count = len(send.messages())
        if daily_limit is None or not count:
            return None
        return use_of_messages(self.keys, send.queued_at, count=count, limit=daily_limit)

    def _explain_retry(self, original: SendId) -> NoReturn:
        self.get_row(original)
        raise AlreadyRetriedError

    def _noting_retry(self, original: SendId, retry: SendId, after_retries: int) -> Update:
        expression = Expression()
        retries = expression.name(RETRIED_BY)
        none, own = expression.value(texts([])), expression.value(texts([retry]))
        as_expected = expression.absent(RETRIED_BY)
        if after_retries:
            as_expected = f"size({retries}) = {expression.value(number(after_retries))}"
        return Update(
            key=self.keys.send_row(original),
            changes=f"SET {retries} = list_append(if_not_exists({retries}, {none}), {own})",
            condition=f"{expression.present('pk')} AND {as_expected}",
            expression=expression,
        )

    def _advancing(self, row: SendRow) -> Update:
        expression = Expression()
        fields = progress_fields(self.keys, row) | {REVISION: number(row.revision + 1)}
        changes = expression.set_all(fields)
        if over := [expression.name(name) for name in TEMPORARY if name not in fields]:
            changes += " REMOVE " + ", ".join(over)
        return Update(
            key=row_key(self.keys, row),
            changes=changes,
            condition=expression.compare(REVISION, "=", number(row.revision)),
            expression=expression,
        )


def _explain_advance() -> NoReturn:
    raise CampaignMovedError


def _explain_use(use: Use, at: datetime) -> NoReturn:
    raise daily_limit_error(use.limit, at)
