"""Composes the mails of a Send, each worker once, and gives up a Send that kills its workers."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from facteur.domain.composing import MAX_UNFINISHED, ComposingAttempt, killed_their_workers
from facteur.domain.errors import TransientError, UnderWayError, WorkersKilledError
from facteur.domain.identity import OrgId, SendId
from facteur.ports import Clock, Composition, OutboxMessage, Store
from facteur.services.delivery.caches import CachedSend, CompositionCache


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeMails:
    """Composes Sends, each attempt recorded while it is under way.

    The first attempt of a Send with a single message is not recorded, which would double what its
    delivery writes: if it kills its worker, the message comes again.
    """

    store: Store
    compositions: CompositionCache
    clock: Clock

    def is_composed(self, organization: OrgId, send_id: SendId) -> bool:
        """Has this worker composed the Send already?"""
        return self.compositions.has(organization, send_id)

    def compose(
        self,
        organization: OrgId,
        cached: CachedSend,
        *,
        is_repeated: bool,
        has_time: Callable[[], bool],
    ) -> Composition:
        """The composition of a Send; ``is_repeated``: its message was received before.

        A composition that leaves no time (``has_time``) to send the mail counts as unfinished.
        Raises UnderWayError while as many attempts as are allowed are unfinished, and
        WorkersKilledError once all of them have ended with their workers.
        """
        send, sends = cached.send, self.store.sends(organization)
        is_recorded = is_repeated or len(cached.messages) > 1
        if self.is_composed(organization, send.id) or not (
            is_recorded or sends.get_unfinished(send.id)
        ):
            return self.compositions.get(organization, send)
        self._begin(organization, send.id)
        try:
            composition = self.compositions.get(organization, send)
        except Exception:
            sends.end_composing(send.id)
            raise
        if has_time():
            sends.end_composing(send.id)
        return composition

    def _begin(self, organization: OrgId, send_id: SendId) -> None:
        sends, now = self.store.sends(organization), self.clock.now()
        if sends.begin_composing(send_id, ComposingAttempt(now, uuid.uuid4().hex)):
            return
        if killed_their_workers(sends.get_unfinished(send_id), now=now):
            raise WorkersKilledError("workers_killed")
        raise UnderWayError("composing")

    def in_safe_order[R](
        self, batch: Sequence[R], message_of: Callable[[R], OutboxMessage]
    ) -> list[R]:
        """A batch of the queue, with the messages last whose composition may kill the worker.

        The others then lose nothing if it does. What ``message_of`` cannot read raises ValueError
        and keeps its place: it fails alone when it is handled.
        """
        keys = [_key_of(record, message_of) for record in batch]
        distinct = {key for key in keys if key is not None}
        doubts: dict[tuple[OrgId, SendId] | None, int] = {}
        if len(distinct) > 1:
            doubts = {key: self._doubt(*key) for key in distinct}
        ranked = zip(keys, batch, strict=True)
        return [record for _, record in sorted(ranked, key=lambda pair: doubts.get(pair[0], 0))]

    def _doubt(self, organization: OrgId, send_id: SendId) -> int:
        """How many attempts are unfinished; the most when nobody can tell."""
        if self.is_composed(organization, send_id):
            return 0
        try:
            return len(self.store.sends(organization).get_unfinished(send_id))
        except TransientError:
            # Another partition may answer: the others of the batch must not wait for this one.
            return MAX_UNFINISHED


def _key_of[R](record: R, message_of: Callable[[R], OutboxMessage]) -> tuple[OrgId, SendId] | None:
    try:
        message = message_of(record)
    except ValueError:
        return None
    return message.organization, message.send
