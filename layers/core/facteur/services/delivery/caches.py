"""Caches of a worker process: Sends and their compositions, which never change, and suspensions."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from facteur.domain.errors import NotFoundError
from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import PlannedMessage
from facteur.domain.send import Send
from facteur.ports import Archive, Attachment, Clock, Composer, Composition, Store

SUSPENSION_READ_EVERY = timedelta(seconds=15)
"""How long a suspension may take until every worker knows of it."""
_ORGANIZATIONS = 256
_SENDS = 32
_COMPOSITIONS = 4
"""Each has its attachments in base64, up to MAX_ATTACHMENTS."""


class LruCache[K: Hashable, V]:
    """The ``size`` values that were used last."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[K, V] = OrderedDict()

    def replace(self, key: K, value: V) -> V:
        """Keep another value of ``key``."""
        self._values[key] = value
        return value

    def __contains__(self, key: K) -> bool:
        return key in self._values

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of ``key``, made at its first use; an exception of ``make`` is not kept."""
        if key not in self._values:
            self._values[key] = make()
        self._values.move_to_end(key)
        if len(self._values) > self._size:
            self._values.popitem(last=False)
        return self._values[key]


@dataclass(frozen=True, slots=True)
class CachedSend:
    """A Send and the messages it consists of."""

    send: Send
    messages: tuple[PlannedMessage, ...]

    def message(self, n: int) -> PlannedMessage:
        """Message ``n``. Raises NotFoundError ``message_not_found``."""
        if not 0 <= n < len(self.messages):
            raise NotFoundError("message_not_found")
        return self.messages[n]


@dataclass(frozen=True, slots=True)
class SendCache:
    """The Sends that a process used last."""

    store: Store
    _sends: LruCache[tuple[OrgId, SendId], CachedSend] = field(
        default_factory=lambda: LruCache(_SENDS)
    )

    def get(self, organization: OrgId, send_id: SendId) -> CachedSend:
        """A Send, read at its first use. Raises NotFoundError ``send_not_found``."""

        def read() -> CachedSend:
            send = self.store.sends(organization).get(send_id)
            return CachedSend(send, send.messages())

        return self._sends.get((organization, send_id), read)


@dataclass(frozen=True, slots=True)
class CompositionCache:
    """The compositions that a process used last."""

    archive: Archive
    composer: Composer
    _compositions: LruCache[tuple[OrgId, SendId], Composition] = field(
        default_factory=lambda: LruCache(_COMPOSITIONS)
    )

    def has(self, organization: OrgId, send_id: SendId) -> bool:
        """Is the composition of a Send at hand?"""
        return (organization, send_id) in self._compositions

    def get(self, organization: OrgId, send: Send) -> Composition:
        """The composition of a Send, with its archived attachments."""
        return self._compositions.get(
            (organization, send.id),
            lambda: compose(self.composer, self.archive, organization, send),
        )


def compose(composer: Composer, archive: Archive, organization: OrgId, send: Send) -> Composition:
    """Encode what all messages of a Send share, with its archived attachments."""
    attachments = [
        Attachment(document.filename, archive.get(organization, document.sha256))
        for document in send.documents
    ]
    return composer.compose(send, attachments)


@dataclass(frozen=True, slots=True)
class SuspensionCache:
    """Which organizations are suspended, read again after SUSPENSION_READ_EVERY."""

    store: Store
    clock: Clock
    _known: LruCache[OrgId, tuple[datetime, bool]] = field(
        default_factory=lambda: LruCache(_ORGANIZATIONS)
    )

    def is_suspended(self, organization: OrgId) -> bool:
        """Was the organization suspended when this was last read?"""
        now = self.clock.now()

        def read() -> tuple[datetime, bool]:
            return now, self.store.settings(organization).get_account().suspended

        read_at, suspended = self._known.get(organization, read)
        if not timedelta() <= now - read_at < SUSPENSION_READ_EVERY:
            _, suspended = self._known.replace(organization, read())
        return suspended
