"""Removes a person from items that no repository changes: Sends, postings, records, addresses.

Only operators' commands use this. Each method may be repeated, and after a crash it goes on: a
Send's content, from which its postings follow, is written last.
"""

import json
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from facteur.adapters.dynamodb.attributes import (
    Item,
    Value,
    binary,
    number,
    read_number,
    read_text,
    text,
)
from facteur.adapters.dynamodb.expression import Delete, Expression, Put, Update
from facteur.adapters.dynamodb.idempotency import FACTS
from facteur.adapters.dynamodb.keys import ALL_MESSAGES, Keys
from facteur.adapters.dynamodb.packing import bytes_of, fields_of, packed, unpacked
from facteur.adapters.dynamodb.search_index import postings_of
from facteur.adapters.dynamodb.send_items import (
    FIXED,
    PROGRESS,
    REVISION,
    row_from,
    send_from,
)
from facteur.adapters.dynamodb.table import Table
from facteur.domain.attempts import retry_when_outrun
from facteur.domain.forgetting import Fields, Json, Redaction, send_fields_without
from facteur.domain.identity import OrgId, SendId


class Erasure(StrEnum):
    """What became of the person in a Send."""

    ERASED = "erased"
    UNFINISHED = "unfinished"
    """Messages of it are still queued or being sent: nothing was changed."""
    UNCHANGED = "unchanged"


def texts_in(item: Item) -> Json:
    """Everything in an item in which somebody may be named, with packed values unpacked."""
    return [list(item), *(_readable(value) for value in item.values())]


def _readable(value: Value) -> Json:
    match value:
        case {"S": str(plain)}:
            return _unpacked(plain)
        case {"B": bytes(compressed)}:
            return _decompressed(compressed)
        case {"L": list(values)}:
            return [_readable(inner) for inner in values]
        case {"M": dict(values)}:
            return {name: _readable(inner) for name, inner in values.items()}
    return None


def _decompressed(value: bytes) -> Json:
    try:
        return _unpacked(zlib.decompress(value).decode())
    except (zlib.error, UnicodeDecodeError):
        return value.decode(errors="replace")


def _unpacked(plain: str) -> Json:
    if plain.startswith(("{", "[")):
        try:
            value: Json = json.loads(plain)
        except ValueError:
            return plain
        return value
    return plain


@dataclass(frozen=True, slots=True)
class DynamoForgetting:
    """Erases from the items of one organization."""

    table: Table
    organization: OrgId

    def erase_from_send(
        self, send_id: SendId, redaction: Redaction, *, pdfs: Collection[str] = ()
    ) -> Erasure:
        """Replace the person in a Send by a tombstone: in row, content, messages and postings.

        ``pdfs`` are SHA-256 of archived PDFs that are about to be deleted: the Send is then like
        one whose PDF was never archived. A Send of which a message may still leave is not changed,
        because its envelopes must stay those that were queued.
        """
        if not self.is_finished(send_id):
            return Erasure.UNFINISHED
        content = self.table.get(self._keys.send_content(send_id))
        changed = False
        if content is not None:
            changed |= self._move_postings(content, redaction, pdfs)
        changed |= self._erase_from_messages(send_id, redaction)
        changed |= retry_when_outrun(
            lambda: self._erase_from_row(send_id, redaction, pdfs), code="send_contended"
        )
        if content is not None:
            changed |= self._erase_from_content(content, redaction, pdfs)
        return Erasure.ERASED if changed else Erasure.UNCHANGED

    def is_finished(self, send_id: SendId) -> bool:
        """Can no message of a Send leave any more? Also when there is no such Send."""
        row = self._row(send_id)
        return row is None or row_from(row).progress.is_finished

    def erase_posting(self, posting: Item) -> bool:
        """Delete a posting that no Send has, left by a crash. False: it belongs to a Send."""
        send_id = SendId(read_text(posting, "sk"))
        key: Item = {"pk": posting["pk"], "sk": posting["sk"]}
        content = self.table.get(self._keys.send_content(send_id))
        if content is not None:
            send = send_from(content)
            own = [*postings_of(self._keys, send), *postings_of(self._keys, send, former=True)]
            if any(key.items() <= one.items() for one in own):
                return False
        self.table.write(Delete(key=key))
        return True

    def erase_from_record(self, record: Item, redaction: Redaction) -> bool:
        """Remove the person from the facts of an idempotency record."""
        stored = read_text(record, FACTS)
        facts = redaction.value(json.loads(stored or "{}"))
        if facts == json.loads(stored or "{}"):
            return False
        expression = Expression()
        change = Update(
            key={"pk": record["pk"], "sk": record["sk"]},
            changes=expression.set_all({FACTS: text(json.dumps(facts))}),
            condition=expression.compare(FACTS, "=", text(stored)),
            expression=expression,
        )
        return self.table.write(change) is None

    def erase_from_address(self, item: Item, redaction: Redaction) -> None:
        """Delete what is known of the person's address, and of one that is known by their name.

        The latter is known again, without a name, from the next Send to it on. A report about
        another address that names the person is kept without them.
        """
        stored = read_text(item, "detail")
        if not stored or redaction.is_theirs(read_text(item, "address")):
            self.table.write(Delete(key=_key_in(item)))
            return
        expression = Expression()
        change = Update(
            key=_key_in(item),
            changes=expression.set_all({"detail": text(redaction.text(stored))}),
            condition=expression.compare("detail", "=", text(stored)),
            expression=expression,
        )
        self.table.write(change)

    @property
    def _keys(self) -> Keys:
        return Keys(self.organization)

    def _row(self, send_id: SendId) -> Item | None:
        row = self.table.get(self._keys.send_row(send_id))
        return row or self.table.get(self._keys.notice_row(send_id))

    def _move_postings(self, content: Item, redaction: Redaction, pdfs: Collection[str]) -> bool:
        send = send_from(content)
        before = postings_of(self._keys, send)
        after = postings_of(self._keys, send_from(content | _content(content, redaction, pdfs)))
        if before == after:
            return False
        self.table.put_many([posting for posting in after if posting not in before])
        kept = [_key_in(posting) for posting in after]
        # Those of version 0.1.0 that are not among ``after`` carry the words of before.
        former = postings_of(self._keys, send, former=True)
        stored = {str(key): key for key in map(_key_in, [*before, *former])}
        for key in stored.values():
            if key not in kept:
                self.table.write(Delete(key=key))
        return True

    def _erase_from_messages(self, send_id: SendId, redaction: Redaction) -> bool:
        found = False
        messages = self.table.query(self._keys.messages(send_id), ALL_MESSAGES, consistent=True)
        for message in list(messages):
            for name, value in message.items():
                stored = value.get("S", "")
                if "." not in name or (without := redaction.text(stored)) == stored:
                    continue
                expression = Expression()
                change = Update(
                    key=_key_in(message),
                    changes=expression.set_all({name: text(without)}),
                    condition=expression.compare(name, "=", text(stored)),
                    expression=expression,
                )
                self.table.write(change)
                found = True
        return found

    def _erase_from_row(
        self, send_id: SendId, redaction: Redaction, pdfs: Collection[str]
    ) -> bool | None:
        """None when a worker has written the row meanwhile."""
        row = self._row(send_id)
        if row is None:
            return False
        stored = {name: unpacked(read_text(row, name)) for name in (FIXED, PROGRESS)}
        without = {name: _without(fields, redaction, pdfs) for name, fields in stored.items()}
        if without == stored:
            return False
        revision = read_number(row, REVISION)
        expression = Expression()
        changes: Item = {name: text(packed(fields)) for name, fields in without.items()}
        change = Update(
            key=_key_in(row),
            changes=expression.set_all(changes | {REVISION: number(revision + 1)}),
            condition=expression.compare(REVISION, "=", number(revision)),
            expression=expression,
        )
        return True if self.table.write(change) is None else None

    def _erase_from_content(
        self, content: Item, redaction: Redaction, pdfs: Collection[str]
    ) -> bool:
        without = _content(content, redaction, pdfs)
        if fields_of(content["content"]["B"]) == fields_of(without["content"]["B"]):
            return False
        self.table.write(Put(item=content | without))
        return True


def _content(content: Item, redaction: Redaction, pdfs: Collection[str]) -> Item:
    """The attribute of a Send's content without the person."""
    fields = fields_of(content["content"]["B"])
    return {"content": binary(bytes_of(_without(fields, redaction, pdfs)))}


def _without(fields: Fields, redaction: Redaction, pdfs: Collection[str]) -> Fields:
    without = send_fields_without(fields, redaction)
    documents = without.get("documents")
    if isinstance(documents, list):
        without["documents"] = [
            one | {"sha256": "", "size": 0}
            if isinstance(one, dict) and one.get("sha256") in pdfs
            else one
            for one in documents
        ]
    return without


def _key_in(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}
