"""Two or more organizations, the queue of the local mode and workers on it, in one process."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from facteur.adapters.email.compose import MailComposer
from facteur.adapters.sqs import SqsDueQueue, SqsOutbox, read_outbox
from facteur.domain.address import Recipient, Role
from facteur.domain.identity import OrgId, SendId, UserId
from facteur.domain.send import Origin, Send
from facteur.domain.settings import Sender
from facteur.ports import Attachment, Composition, OutboxMessage
from facteur.services.delivery.caches import CompositionCache, SendCache, SuspensionCache
from facteur.services.delivery.compose import ComposeMails
from facteur.services.delivery.deliver import DeliverMessage, Delivery, DeliveryResult
from facteur.services.delivery.settle import SettleSend
from local.aws.queues import Queues, ReceivedMessage
from local.state.clock import LocalClock
from local.state.store import State
from local.template.stack import QueueProperties
from tests.fakes import CONSOLE, FakeArchive, FakeIds, FakeMailer, FakeStore, telling
from tests.simulation.world import KilledError

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

BATCH = 10
VISIBILITY_TIMEOUT = timedelta(minutes=6)


@dataclass
class CountingComposer(MailComposer):
    """Composes real mails; counts them, and is killed by some Sends."""

    deadly: set[SendId] = field(default_factory=set)
    composed: list[SendId] = field(default_factory=list)
    deaths: Counter[SendId] = field(default_factory=Counter)

    def compose(self, send: Send, attachments: Iterable[Attachment]) -> Composition:
        if send.id in self.deadly:
            self.deaths[send.id] += 1
            raise KilledError
        self.composed.append(send.id)
        return super().compose(send, list(attachments))


@dataclass
class LocalRedelivery:
    queues: Queues

    def delay(self, receipt_handle: str, by: timedelta) -> None:
        self.queues.change_visibility(receipt_handle, by.total_seconds())


class PostOffice:
    """The outbox and its workers; each invocation is a batch of a new worker."""

    def __init__(self, folder: Path) -> None:
        self.state = State(folder / "state.db")
        self.clock = LocalClock(self.state)
        seconds = int(VISIBILITY_TIMEOUT.total_seconds())
        queue = QueueProperties.model_validate({"VisibilityTimeout": seconds})
        self.queues = Queues(self.state, self.clock, {"outbox": queue, "due": queue})
        self.store = FakeStore()
        self.mailer = FakeMailer()
        self.composer = CountingComposer()
        self.ids = FakeIds()
        sqs = cast("SQSClient", LocalSqs(self.queues))
        self.outbox = SqsOutbox(sqs, queue_url="https://sqs.test/outbox")
        self.due = SqsDueQueue(sqs, queue_url="https://sqs.test/due")

    def send(self, organization: OrgId, *addresses: str, body: str = "Bonjour") -> SendId:
        """A Send of one message for each address, written and enqueued."""
        now = self.clock.now()
        sender = f"marie@{organization}.example"
        send = Send(
            id=SendId(self.ids.new_id(now)),
            origin=Origin.MANUAL,
            created_by=UserId("marie"),
            queued_at=now,
            sender=Sender(name="Marie", address=sender, reply_to=None, copy_to=sender),
            recipients=tuple(Recipient(address, Role.TO) for address in addresses),
            separate=True,
            copy=None,
            subject="Facture",
            body=body,
            documents=(),
        )
        self.store.sends(organization).create(send)
        self.outbox.put(
            [
                OutboxMessage(organization=organization, send=send.id, n=planned.n)
                for planned in send.messages()
            ]
        )
        return send.id

    def mails_of(self, send: SendId) -> int:
        return sum(mail.send == send for mail in self.mailer.accepted)

    def receive(self) -> list[ReceivedMessage]:
        """A batch that a worker has taken and not finished."""
        return self.queues.receive("outbox", BATCH)

    def invoke(self) -> int:
        """One invocation of a new worker: how many messages were in its batch."""
        batch = self.receive()
        try:
            done = self._deliver(batch)
        except KilledError:
            done = []
        self.queues.settle(done, [message for message in batch if message not in done])
        return len(batch)

    def close(self) -> None:
        self.state.close()

    def pass_time(self, by: timedelta = VISIBILITY_TIMEOUT) -> None:
        self.clock.move_to(self.clock.now() + by)

    def _deliver(self, batch: list[ReceivedMessage]) -> list[ReceivedMessage]:
        compose_mails = ComposeMails(
            store=self.store,
            compositions=CompositionCache(FakeArchive(), self.composer),
            clock=self.clock,
        )
        cache = SendCache(self.store)
        worker = DeliverMessage(
            store=self.store,
            cache=cache,
            compose_mails=compose_mails,
            suspensions=SuspensionCache(self.store, self.clock),
            mailer=self.mailer,
            outbox=self.outbox,
            redelivery=LocalRedelivery(self.queues),
            clock=self.clock,
        )
        done: list[ReceivedMessage] = []
        touched: set[tuple[OrgId, SendId]] = set()
        for received in compose_mails.in_safe_order(batch, lambda item: read_outbox(item.body)):
            message = read_outbox(received.body)
            result = worker.deliver(
                Delivery(
                    message=message,
                    receipt_handle=received.receipt_handle,
                    receive_count=received.receives,
                    time_left=lambda: timedelta(minutes=1),
                )
            )
            touched.add((message.organization, message.send))
            if result is not DeliveryResult.PUT_BACK:
                done.append(received)
        settler = SettleSend(
            store=self.store,
            cache=cache,
            outbox=self.outbox,
            ids=self.ids,
            clock=self.clock,
            console=CONSOLE,
            tell=telling(self.store, self.clock),
        )
        for organization, send in touched:
            settler.settle(organization, send)
        return done


@dataclass
class LocalSqs:
    """What our adapters call of an SQS client, on the queues of the local mode."""

    queues: Queues

    def send_message(self, **request: Any) -> None:
        queue = request["QueueUrl"].rpartition("/")[2]
        self.queues.put(
            queue,
            request["MessageBody"],
            group=request.get("MessageGroupId"),
            delay=request.get("DelaySeconds", 0),
        )

    def send_message_batch(self, *, QueueUrl: str, Entries: list[Mapping[str, Any]]) -> Any:  # noqa: N803
        for entry in Entries:
            self.send_message(QueueUrl=QueueUrl, **entry)
        return {"Successful": Entries, "Failed": []}
