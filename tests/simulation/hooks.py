"""A world whose organization has a webhook, with its receiver and the worker that delivers."""

import json
from datetime import timedelta

from facteur.domain.identity import Caller, UserId, UserRole
from facteur.domain.webhook import EventType, WebhookDraft
from facteur.ports import HookMessage
from facteur.services.webhooks.edit import EditWebhooks
from facteur.services.webhooks.notify import NotifyHost
from tests.fakes import FakeReceivers
from tests.simulation.world import ORG, KilledError, World

MARIE = Caller(ORG, UserId("marie"), "marie@atelier.example", "Marie", UserRole.ADMIN)
VISIBILITY_TIMEOUT = timedelta(minutes=3)


class HookWorld(World):
    """Everything that happens is told to one receiver."""

    def __init__(self) -> None:
        super().__init__()
        self.receivers = FakeReceivers()
        draft = WebhookDraft("https://erp.example/", tuple(EventType), enabled=True)
        EditWebhooks(store=self.store, clock=self.clock, ids=self.ids).create(MARIE, draft)

    def notify(self, message: HookMessage) -> bool:
        """One invocation of ``notify``; False when the message stays in the queue."""
        notifier = NotifyHost(
            store=self.store,
            receivers=self.receivers,
            queue=self.hooks,
            clock=self.clock,
            receivers_clock=self.clock,
        )
        try:
            notifier.attempt(message)
        except KilledError:
            return False
        return True

    def notify_all(self) -> None:
        """Take every message in its order, once its delay is over."""
        while self.hooks.messages:
            self.clock.advance(self.hooks.delays.pop(0))
            message = self.hooks.messages.pop(0)
            if not self.notify(message):
                self.hooks.messages.append(message)
                self.hooks.delays.append(VISIBILITY_TIMEOUT)

    def tell_to_the_end(self) -> None:
        """Everything without faults until nothing is owed."""
        self.run_to_the_end()
        for _ in range(1_000):
            self.notify_all()
            if all(one.due_at is None for one in self.store.of(ORG).hooks.values()):
                return
            self.clock.advance(timedelta(minutes=5))
            self.reconciler().hooks.pay(has_time=lambda: True)
        raise AssertionError("it never ends")

    def told(self) -> set[tuple[str, str]]:
        """What the receiver knows: type of each event with its Send, or its recipient.

        Checks that an event that came again had the same id and the same body.
        """
        bodies: dict[str, bytes] = {}
        for one in self.receivers.posted:
            assert bodies.setdefault(one.headers["webhook-id"], one.body) == one.body
        found = [json.loads(body) for body in bodies.values()]
        names = [(event["type"], _named(event["data"])) for event in found]
        assert len(names) == len(set(names)), "one event under two ids"
        return set(names)


def _named(data: dict[str, object]) -> str:
    return f"{data['send_id']} {data.get('recipient', '')}".strip()
