"""The origin (campaign, test, notice …) of captured messages, read from the rows of their Sends."""

import json
from collections.abc import Iterable

from facteur.adapters.dynamodb.attributes import Item
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.send_items import row_from
from facteur.domain.identity import OrgId, SendId
from local.mailbox.captured import CapturedMessage
from local.state.store import State


class SendOrigins:
    """Looks up the origins of Sends in the history and the notices of all organizations."""

    def __init__(self, state: State, table: str) -> None:
        self._state = state
        self._table = table

    def of_messages(self, messages: Iterable[CapturedMessage]) -> dict[str, str]:
        """Send id → origin, for the Sends of these messages whose rows exist."""
        found: dict[str, str] = {}
        for message in messages:
            send = message.send_id
            if send and message.organization and send not in found:
                origin = self._origin(OrgId(message.organization), SendId(send))
                if origin is not None:
                    found[send] = origin
        return found

    def _origin(self, organization: OrgId, send: SendId) -> str | None:
        keys = Keys(organization)
        for key in (keys.send_row(send), keys.notice_row(send)):
            body = self._state.value(
                "SELECT body FROM items WHERE table_name = ? AND key = ?",
                self._table,
                json.dumps([next(iter(part.values())) for part in key.values()]),
            )
            if body is not None:
                item: Item = json.loads(str(body))
                return row_from(item).origin.value
        return None
