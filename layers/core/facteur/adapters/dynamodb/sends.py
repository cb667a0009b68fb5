"""The Sends of one organization: created once, then advanced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import number, texts
from facteur.adapters.dynamodb.campaign_writes import advancing
from facteur.adapters.dynamodb.composing import DynamoComposing
from facteur.adapters.dynamodb.expression import Expression, Update, Write, put_new
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
from facteur.domain.errors import AlreadyRetriedError, CampaignMovedError, NotFoundError
from facteur.domain.identity import SendId
from facteur.domain.send import Send
from facteur.domain.send_row import SendRow, row_of
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
    ) -> Creation:
        # Before the Send: a posting without its Send is ignored, a Send without one is not found.
        self.table.put_many(postings_of(self.keys, send))
        writes = self._creation(send)
        if send.retry_of is not None:
            writes.append(self._noting_retry(send.retry_of, send.id, after_retries))
        if advance is not None:
            writes.append(advancing(self.keys, advance, send.id))

        def explain(refused: Collection[int]) -> None:
            if 2 in refused:
                self._explain(send, advance)

        return self.idempotency.create(
            writes, send.id, idempotency_key=idempotency_key, explain=explain
        )

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

    def advance(self, row: SendRow, *, notice: Send | None = None) -> bool:
        advancing = self._advancing(row)
        if notice is None:
            return self.table.write(advancing) is None
        return not self.table.transact([advancing, *self._creation(notice)])

    def _creation(self, send: Send) -> list[Write]:
        return [
            put_new(row_item(self.keys, row_of(send))),
            put_new(content_item(self.keys, send)),
        ]

    def _explain(self, send: Send, advance: CampaignAdvance | None) -> None:
        """Raise the error for a refused third write: of a retry's original, or of the campaign."""
        if send.retry_of is not None:
            self.get_row(send.retry_of)
            raise AlreadyRetriedError
        if advance is not None:
            raise CampaignMovedError

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
