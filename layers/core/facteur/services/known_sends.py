"""What was fixed when a Send was written, kept at hand: it never changes, so it is read once."""

from collections import OrderedDict
from dataclasses import dataclass, field

from facteur.domain.errors import NotFoundError
from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import PlannedMessage
from facteur.domain.send import Send
from facteur.ports import Store

_KEPT = 32


@dataclass(frozen=True, slots=True)
class KnownSend:
    """A Send and the messages it consists of."""

    send: Send
    messages: tuple[PlannedMessage, ...]

    def message(self, n: int) -> PlannedMessage:
        """Message ``n``. Raises NotFoundError ``message_not_found``."""
        if not 0 <= n < len(self.messages):
            raise NotFoundError("message_not_found")
        return self.messages[n]


@dataclass(frozen=True, slots=True)
class KnownSends:
    """The Sends a process met last."""

    store: Store
    _kept: OrderedDict[tuple[OrgId, SendId], KnownSend] = field(default_factory=OrderedDict)

    def get(self, organization: OrgId, send_id: SendId) -> KnownSend:
        """A Send, read at its first use. Raises NotFoundError ``send_not_found``."""
        key = (organization, send_id)
        if key not in self._kept:
            send = self.store.sends(organization).get(send_id)
            self._kept[key] = KnownSend(send, send.messages())
        self._kept.move_to_end(key)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]
