"""The groups of recipients of one organization: summary, content and name change together."""

from collections.abc import Sequence
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import Item, number, read_text, text
from facteur.adapters.dynamodb.cursor import Found, read_page
from facteur.adapters.dynamodb.expression import Delete, Expression, Put, Update, Write, put_new
from facteur.adapters.dynamodb.group_items import (
    CONTENT,
    group_content_item,
    group_fields,
    group_from,
    group_summary_from,
)
from facteur.adapters.dynamodb.idempotency import DynamoIdempotency
from facteur.adapters.dynamodb.keys import Keys, Span, group_id_in, group_sk
from facteur.adapters.dynamodb.table import Table
from facteur.domain.errors import ConflictError, GroupNameTakenError, NotFoundError
from facteur.domain.group import Group, GroupSummary, name_key
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import GroupId
from facteur.ports import Creation, Page

_OWNER = "group_id"


@dataclass(frozen=True, slots=True)
class DynamoGroups:
    """The port ``Groups``. Every read is consistent."""

    table: Table
    keys: Keys
    idempotency: DynamoIdempotency

    def create(self, group: Group, *, idempotency_key: IdempotencyKey | None = None) -> Creation:
        writes: list[Write] = [
            put_new(self.keys.group(group.id) | group_fields(group)),
            put_new(group_content_item(self.keys, group)),
            self._taking_name(group),
        ]
        return self.idempotency.create(
            writes,
            group.id,
            idempotency_key=idempotency_key,
            explain=lambda _: self._check_name(group),
        )

    def get(self, group_id: GroupId) -> Group:
        found = self.find_many([group_id])
        if not found:
            raise NotFoundError("group_not_found")
        return found[0]

    def find_many(self, group_ids: Sequence[GroupId]) -> list[Group]:
        keys = [
            key
            for one in dict.fromkeys(group_ids)
            for key in (self.keys.group(one), self.keys.group_content(one))
        ]
        items = self.table.get_many(keys, consistent=True)
        contents = {item["pk"]["S"]: item for item in items if CONTENT in item}
        summaries = {group_id_in(item): item for item in items if CONTENT not in item}
        return [
            group_from(summaries[one], contents[pk])
            for one in group_ids
            if one in summaries and (pk := self.keys.group_content(one)["pk"]["S"]) in contents
        ]

    def replace(self, group: Group) -> None:
        while True:
            stored = self._summary(group.id)
            if stored.version != group.version - 1:
                raise ConflictError("version_conflict", version=stored.version)
            unchanged = Expression()
            summary = Update(
                key=self.keys.group(group.id),
                changes=unchanged.set_all(group_fields(group)),
                condition=unchanged.compare("version", "=", number(stored.version)),
                expression=unchanged,
            )
            content = Put(item=group_content_item(self.keys, group))
            if not self.table.transact([summary, content, *self._moving_name(stored, group)]):
                return
            self._check_name(group)

    def delete(self, group_id: GroupId) -> None:
        while True:
            stored = self._summary(group_id)
            unchanged = Expression()
            row = Delete(
                key=self.keys.group(group_id),
                condition=unchanged.compare("version", "=", number(stored.version)),
                expression=unchanged,
            )
            content = Delete(key=self.keys.group_content(group_id))
            if not self.table.transact([row, content, self._freeing_name(stored)]):
                return

    def list_page(self, *, cursor: str | None, limit: int) -> Page[GroupSummary]:
        def found(span: Span, *, newest_first: bool) -> Found[GroupSummary]:
            summaries = Span(group_sk(span.low), group_sk(span.high))
            for item in self.table.query(
                self.keys.groups(),
                summaries,
                newest_first=newest_first,
                at_once=limit + 1,
                consistent=True,
            ):
                yield group_id_in(item), group_summary_from(item)

        return read_page(found, cursor=cursor, limit=limit)

    def _summary(self, group_id: GroupId) -> GroupSummary:
        item = self.table.get(self.keys.group(group_id))
        if item is None:
            raise NotFoundError("group_not_found")
        return group_summary_from(item)

    def _name(self, group: Group | GroupSummary) -> Item:
        """The key of the item that makes a group's name unique."""
        return self.keys.group_name(name_key(group.name))

    def _taking_name(self, group: Group) -> Put:
        return put_new(self._name(group) | {_OWNER: text(group.id)})

    def _freeing_name(self, group: GroupSummary) -> Delete:
        ours = Expression()
        is_ours = ours.compare(_OWNER, "=", text(group.id))
        condition = f"{ours.absent('pk')} OR {is_ours}"
        return Delete(key=self._name(group), condition=condition, expression=ours)

    def _moving_name(self, stored: GroupSummary, group: Group) -> list[Write]:
        if self._name(stored) == self._name(group):
            return []
        return [self._freeing_name(stored), self._taking_name(group)]

    def _check_name(self, group: Group) -> None:
        record = self.table.get(self._name(group))
        if record is not None and (other := read_text(record, _OWNER)) != group.id:
            raise GroupNameTakenError(name=group.name, group_id=other)
