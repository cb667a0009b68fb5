"""What made the Send a captured mail belongs to, read from the Send's row."""

import json
from collections.abc import Iterable

from facteur.adapters.dynamodb.attributes import Item
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.send_items import row_from
from facteur.domain.identity import OrgId, SendId
from local.mailbox import Captured
from local.state import State


class Origins:
    """Looks up rows of the history and of notices, of whatever organization."""

    def __init__(self, state: State, table: str) -> None:
        self._state = state
        self._table = table

    def of(self, mails: Iterable[Captured]) -> dict[str, str]:
        """The origin of each mail's Send, by its id; without those that are not known."""
        found: dict[str, str] = {}
        for mail in mails:
            if mail.send_id and mail.organization and mail.send_id not in found:
                origin = self._origin(OrgId(mail.organization), SendId(mail.send_id))
                if origin is not None:
                    found[mail.send_id] = origin
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
