"""Requests of the same person at the same moment: one of them wins, the other hears of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from facteur.bootstrap.sends import SendsServices, sends_services
from facteur.domain.content import Invoice
from facteur.domain.document import Document
from facteur.domain.errors import ConflictError, InputError, UnavailableError
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, OrgId, SendId, UserId
from facteur.domain.message import EventDetail, EventKey, MessageEvent
from facteur.domain.requests import DocumentRequest, SendRequest
from facteur.domain.send import Send, SendStatus
from facteur.domain.settings import OrganizationSettings, Profile
from facteur.ports import OutboxMessage
from facteur.services.documents.edit import EditDocuments
from facteur.services.documents.upload import TakeUpload
from facteur.services.sending.queue import QueueSend
from tests.fakes import (
    CONSOLE,
    FakeArchive,
    FakeClock,
    FakeComposer,
    FakeHookQueue,
    FakeIds,
    FakeInspector,
    FakeOutbox,
    FakeRenderer,
    FakeSettings,
    FakeStore,
    FakeUploads,
)
from tests.simulation.world import ORG as WORLD_ORG
from tests.simulation.world import World

ORG = OrgId("atelier-durand")
CLAIRE = Caller(ORG, UserId("claire"), "claire@atelier-durand.example", "Claire")
INVOICE = Invoice.model_validate(
    {
        "type": "invoice",
        "number": "F-1",
        "date": "2026-11-20",
        "client": {"name": "Dupont"},
        "lines": [{"description": "x", "quantity": "1", "unit_price": "1", "vat_rate": "20"}],
    }
)
REQUEST = DocumentRequest(content=INVOICE, type=INVOICE.type, is_uploaded=False)
KEY = IdempotencyKey(CLAIRE.user, "k1", "same")
OTHER = IdempotencyKey(CLAIRE.user, "k1", "other")


@dataclass
class System:
    """Services on fakes, where another request can finish just before a write of this one."""

    store: FakeStore = field(default_factory=FakeStore)
    clock: FakeClock = field(default_factory=FakeClock)
    ids: FakeIds = field(default_factory=FakeIds)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)

    def __post_init__(self) -> None:
        self.store.of(ORG).settings = OrganizationSettings(
            name="Durand", sender_domains=("atelier-durand.example",), version=1
        )

    @property
    def documents(self) -> EditDocuments:
        uploads = FakeUploads()
        take = TakeUpload(uploads=uploads, archive=FakeArchive(), inspector=FakeInspector(uploads))
        return EditDocuments(
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            take=take,
            renderer=FakeRenderer(),
        )

    @property
    def sends(self) -> SendsServices:
        return sends_services(
            store=self.store,
            clients=self.store,
            archive=FakeArchive(),
            outbox=self.outbox,
            hooks=FakeHookQueue(),
            renderer=FakeRenderer(),
            composer=FakeComposer(),
            clock=self.clock,
            ids=self.ids,
            console=CONSOLE,
        )

    def send(self, document: Document, idempotency_key: IdempotencyKey | None = None) -> Send:
        request = SendRequest(document_ids=[document.id], to=["a@x.example"])
        return self.sends.send.send(CLAIRE, request, idempotency_key=idempotency_key)

    def overtake(self, step: str, other: Callable[[], None]) -> None:
        """Let ``other`` happen just before the next write of this kind."""

        def before(written: str) -> None:
            if written == step:
                self.store.on_write = lambda _: None
                other()

        self.store.on_write = before

    def fail(self, send: Send) -> None:
        events = {EventKey(MessageEvent.FAILED): EventDetail(self.clock.now(), "address_rejected")}
        self.store.sends(ORG).record_events(send.id, 0, events)


@pytest.mark.feature("B15")
def test_two_creations_with_one_key_make_one_document() -> None:
    system = System()
    first: list[Document] = []
    system.overtake(
        "create_document",
        lambda: first.append(system.documents.create(CLAIRE, REQUEST, idempotency_key=KEY)),
    )

    second = system.documents.create(CLAIRE, REQUEST, idempotency_key=KEY)

    assert [second] == first
    assert len(system.store.of(ORG).documents) == 1


@pytest.mark.feature("B15")
def test_two_sends_with_one_key_are_one_send_and_mailed_once() -> None:
    system = System()
    document = system.documents.create(CLAIRE, REQUEST)
    first: list[Send] = []
    system.overtake("create_send", lambda: first.append(system.send(document, KEY)))

    second = system.send(document, KEY)

    assert [second] == first
    assert [message.send for message in system.outbox.messages] == [second.id]


@pytest.mark.feature("B15")
def test_key_taken_meanwhile_by_another_request_is_refused() -> None:
    system = System()
    document = system.documents.create(CLAIRE, REQUEST)
    first: list[Send] = []
    system.overtake("create_send", lambda: first.append(system.send(document, OTHER)))

    with pytest.raises(InputError) as raised:
        system.send(document, KEY)

    assert [problem.code for problem in raised.value.problems] == ["idempotency_key_reused"]
    assert len(system.outbox.messages) == 1


@pytest.mark.feature("B6")
def test_two_retries_at_once_are_one_and_the_loser_learns_which() -> None:
    system = System()
    send = system.send(system.documents.create(CLAIRE, REQUEST))
    system.fail(send)
    first: list[Send] = []
    system.overtake(
        "create_send", lambda: first.append(system.sends.retry.retry(CLAIRE, send.id, {}))
    )

    with pytest.raises(ConflictError) as raised:
        system.sends.retry.retry(CLAIRE, send.id, {})

    assert raised.value.code == "already_retried"
    assert raised.value.params == {"send_id": first[0].id}
    assert len(system.outbox.messages) == 2


class CrashingOutbox(FakeOutbox):
    """The process ends before anything is queued."""

    def put(self, messages: Collection[OutboxMessage]) -> None:
        raise SystemExit


def test_send_whose_messages_were_never_queued_is_there_for_reconcile_to_find() -> None:
    system = System(outbox=CrashingOutbox())
    document = system.documents.create(CLAIRE, REQUEST)

    with pytest.raises(SystemExit):
        system.send(document)

    (row,) = system.store.of(ORG).rows.values()
    assert row.overdue_at is not None


class OvertakenSettings(FakeSettings):
    """Another request saves the profile between our reading and our writing."""

    def refresh_profile(self, profile: Profile) -> None:
        self.put_profile(replace(profile, signature="<p>C</p>", version=1))
        super().refresh_profile(profile)


class OvertakenStore(FakeStore):
    def settings(self, organization: OrgId) -> FakeSettings:
        return OvertakenSettings(self, self.of(organization))


def test_first_send_of_a_person_knows_the_profile_that_is_saved_meanwhile() -> None:
    system = System(store=OvertakenStore())
    document = system.documents.create(CLAIRE, REQUEST)

    send = system.send(document)

    assert send.signature == "<p>C</p>"
    profile = system.store.of(ORG).profiles[CLAIRE.user]
    assert (profile.email, profile.version) == (CLAIRE.email, 1)


class BrokenOutbox(FakeOutbox):
    def put(self, messages: Collection[OutboxMessage]) -> None:
        raise UnavailableError("queue_unavailable")


def test_a_queue_that_fails_loses_no_send_and_shows_no_error_but_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = World()
    like = world.create("a@x.example")
    world.queue.clear()
    send = replace(world.store.of(WORLD_ORG).sends[like], id=SendId("01NEW"))

    queued = QueueSend(store=world.store, outbox=BrokenOutbox()).queue(WORLD_ORG, send)
    world.clock.advance(timedelta(minutes=15))
    world.reconcile()
    world.run_to_the_end()

    assert queued.id == "01NEW"
    assert [record.message for record in caplog.records] == ["left to reconcile"]
    assert world.accepted(send.id) == {"a@x.example": 1}
    assert world.row(send.id).progress.status is SendStatus.SENT
