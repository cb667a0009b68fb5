"""DynamoDB: moto evaluates every request, and every item is saved on disk.

See docs/decisions/0018-local-state-and-queues-of-our-own.md.
"""

import json
import threading
from collections.abc import Mapping

from botocore.awsrequest import AWSPreparedRequest

from local.aws.dynamodb_writes import WRITES, Key, keys_of_write
from local.aws.moto_internals import MotoTables
from local.aws.transport import Response, body_of
from local.state.store import State
from local.template.data import Data

_OVERDUE = "overdue_at"
"""The instant by which ``reconcile`` must look at an item: range key of the index ``overdue``."""


class DynamoDB:
    """Answers DynamoDB requests. A write is on disk before it is answered."""

    def __init__(self, state: State, tables: Mapping[str, dict[str, Data]]) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._tables = MotoTables()
        for name, properties in tables.items():
            self._tables.create(name, properties)
            for (body,) in state.rows("SELECT body FROM items WHERE table_name = ?", name):
                self._tables.restore(name, json.loads(str(body)))

    def __call__(self, operation: str, request: AWSPreparedRequest) -> Response:
        """The response to one request."""
        with self._lock:
            status, headers, body = self._tables.respond(request)
            if status == 200 and operation in WRITES:
                with self._state.transaction():
                    written = json.loads(body_of(request))
                    for name, key in keys_of_write(operation, written, self._tables.key_of):
                        self._save(name, key)
        return status, headers, body

    def first_overdue(self, *, after: str = "") -> str | None:
        """The earliest ``overdue_at`` of all items that is after this one, or None."""
        found = self._state.value("SELECT min(overdue_at) FROM items WHERE overdue_at > ?", after)
        return None if found is None else str(found)

    def _save(self, name: str, key: Key) -> None:
        """Make the row of an item the same as the item: write or delete it."""
        item = self._tables.find(name, key)
        identity = json.dumps([next(iter(part.values())) for part in key.values()])
        if item is None:
            self._state.write("DELETE FROM items WHERE table_name = ? AND key = ?", name, identity)
            return
        self._state.write(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)",
            name,
            identity,
            item.to_json(),
            item.text(_OVERDUE),
        )
