"""The row of a Send follows its messages, and its sender is notified of a failure once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from facteur.domain.account import Account
from facteur.domain.content import DocumentStatus, Invoice
from facteur.domain.document import Document
from facteur.domain.errors import ConflictError
from facteur.domain.identity import DocumentId, SendId
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent
from facteur.domain.send import Origin, Send, SendStatus
from facteur.locales import Locale
from facteur.services.delivery.occasion import Occasion
from tests.simulation.world import ORG, World


def record(world: World, send: SendId, event: MessageEvent, *, n: int = 0, code: str = "") -> None:
    detail = EventDetail(world.clock.now(), code, "550 5.1.1 user unknown" if code else "")
    world.store.sends(ORG).record_events(send, n, {EventKey(event): detail})


def settle(world: World, send: SendId, *, quota_exceeded: bool = False) -> None:
    world.settler().settle(ORG, send, Occasion(quota_exceeded=quota_exceeded))


def an_invoice(world: World, name: str, status: DocumentStatus) -> Document:
    content = {
        "type": "invoice",
        "number": name,
        "date": "2026-11-20",
        "client": {"name": "Dupont"},
        "lines": [{"description": "x", "quantity": "1", "unit_price": "1", "vat_rate": "20"}],
    }
    invoice = Document(
        id=DocumentId(name),
        status=status,
        content=Invoice.model_validate(content),
        version=1,
        created_at=world.clock.now(),
        updated_at=world.clock.now(),
    )
    world.store.documents(ORG).create(invoice)
    return invoice


def create_like(world: World, send_id: SendId, **changes: object) -> SendId:
    """A Send that differs from another only in ``changes``."""
    original = world.store.of(ORG).sends[send_id]
    send: Send = replace(original, id=SendId(f"{send_id}x"), **changes)  # type: ignore[arg-type]
    world.store.sends(ORG).create(send)
    return send.id


@pytest.mark.feature("S64")
def test_a_send_is_queued_until_its_messages_have_ended() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    record(world, send, MessageEvent.SENT, n=0)

    settle(world, send)

    assert world.row(send).progress.status is SendStatus.QUEUED
    assert world.row(send).overdue_at is not None


@pytest.mark.feature("S65", "S67")
def test_a_send_is_sent_when_every_message_is_accepted() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    record(world, send, MessageEvent.SENT, n=0)
    record(world, send, MessageEvent.SENT, n=1)

    settle(world, send)

    row = world.row(send)
    assert row.progress.status is SendStatus.SENT
    assert row.progress.sent_at == world.clock.now()
    assert row.overdue_at is None


@pytest.mark.feature("S66", "S77")
def test_a_send_is_failed_at_its_first_failure_with_the_reason() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    record(world, send, MessageEvent.FAILED, n=1, code="address_rejected")

    settle(world, send)

    progress = world.row(send).progress
    assert progress.status is SendStatus.FAILED
    assert progress.failed_count == 1
    assert progress.error is not None
    assert (progress.error.code, progress.error.detail) == (
        "address_rejected",
        "550 5.1.1 user unknown",
    )


def test_settling_again_writes_nothing() -> None:
    world = World()
    send = world.create("a@x.example")
    record(world, send, MessageEvent.SENT)
    settle(world, send)
    world.steps.clear()

    settle(world, send)

    assert not world.steps


def test_a_faster_worker_makes_us_read_again() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    record(world, send, MessageEvent.SENT, n=0)

    def meanwhile(step: str) -> None:
        world.at_step = lambda _: None
        record(world, send, MessageEvent.SENT, n=1)
        settle(world, send)

    world.at_step = meanwhile
    settle(world, send)

    assert world.row(send).progress.status is SendStatus.SENT


def test_who_finds_others_faster_waits_longer_each_time() -> None:
    world = World()
    send = world.create("a@x.example")
    record(world, send, MessageEvent.SENT)
    left = 7

    def seven_times(step: str) -> None:
        nonlocal left
        rows = world.store.of(ORG).rows
        if left:
            rows[send] = replace(rows[send], revision=rows[send].revision + 1)
            left -= 1

    world.at_step = seven_times
    settle(world, send)

    assert world.row(send).progress.status is SendStatus.SENT
    assert world.naps == [0.02, 0.04, 0.08, 0.16, 0.32, 0.5, 0.5]


def test_contention_without_end_is_an_error() -> None:
    world = World()
    send = world.create("a@x.example")
    record(world, send, MessageEvent.SENT)

    def always(step: str) -> None:
        rows = world.store.of(ORG).rows
        rows[send] = replace(rows[send], revision=rows[send].revision + 1)

    world.at_step = always

    with pytest.raises(ConflictError):
        settle(world, send)


def test_the_deadline_is_renewed_while_work_goes_on_but_not_past_a_day() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    created = world.clock.now()
    world.clock.advance(timedelta(minutes=9))

    settle(world, send)
    renewed = world.row(send).overdue_at
    world.clock.advance(timedelta(hours=24))
    settle(world, send)

    assert renewed == created + timedelta(minutes=24)
    assert world.row(send).overdue_at == renewed


def test_a_send_over_the_quota_waits_an_hour_and_is_not_rewritten_by_each_refusal() -> None:
    world = World()
    send = world.create("a@x.example")

    settle(world, send, quota_exceeded=True)
    due_at = world.row(send).overdue_at
    world.clock.advance(timedelta(minutes=10))
    settle(world, send, quota_exceeded=True)

    assert world.row(send).waiting_for_quota
    assert due_at == world.clock.now() + timedelta(minutes=50)
    assert world.row(send).overdue_at == due_at


def test_draft_invoices_become_sent_when_ses_accepts() -> None:
    world = World()
    draft = an_invoice(world, "draft", DocumentStatus.DRAFT)
    sent_by_hand = an_invoice(world, "sent by hand", DocumentStatus.SENT)
    first = world.create("a@x.example")
    send = create_like(world, first, drafts_to_publish=(draft.id, sent_by_hand.id, "gone"))
    settle(world, send)
    stored = world.store.of(ORG).documents
    assert stored == {draft.id: draft, sent_by_hand.id: sent_by_hand}
    assert not world.row(send).drafts_published
    record(world, send, MessageEvent.SENT)

    settle(world, send)

    assert stored[draft.id].status is DocumentStatus.SENT
    assert stored[sent_by_hand.id] == sent_by_hand
    assert world.row(send).drafts_published


@pytest.mark.feature("B25")
def test_whoever_sent_it_is_told_once_in_their_language() -> None:
    world = World()
    first = world.create("a@x.example", "b@x.example", separate=True)
    send = create_like(world, first, locale=Locale("en"))
    record(world, send, MessageEvent.FAILED, n=0, code="mailbox_full")
    record(world, send, MessageEvent.DELIVERED, n=1)

    settle(world, send)
    record(world, send, MessageEvent.FAILED, n=1, code="suppressed")
    settle(world, send)

    (notice,) = world.notices_of(send)
    assert notice.origin is Origin.NOTICE
    assert [recipient.address for recipient in notice.recipients] == ["marie@atelier.example"]
    assert notice.sender.address == "marie@atelier.example"
    assert notice.sender.name == "Facteur"
    assert notice.locale is Locale("en")
    assert "failed for 1 of its 2 recipients" in notice.body
    assert "- a@x.example: The recipient’s mailbox is full." in notice.body
    assert [message.send for message in world.outbox.messages] == [notice.id]


def test_the_notice_waits_until_every_message_has_ended() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    record(world, send, MessageEvent.FAILED, n=0, code="mailbox_full")
    world.store.sends(ORG).claim(send, 1, Claim("worker", world.clock.now()))

    settle(world, send)

    assert world.row(send).progress.status is SendStatus.FAILED
    assert not world.notices_of(send)


def test_the_notice_does_not_wait_for_what_a_quota_holds() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    record(world, send, MessageEvent.FAILED, n=0, code="mailbox_full")

    settle(world, send, quota_exceeded=True)

    assert len(world.notices_of(send)) == 1


def bounce(world: World, send: SendId, *, n: int) -> None:
    detail = EventDetail(world.clock.now(), "address_rejected")
    bounced = {EventKey(MessageEvent.HARD_BOUNCED, 0): detail}
    world.store.sends(ORG).record_events(send, n, bounced)


@pytest.mark.feature("B25")
def test_two_bounces_a_second_apart_are_one_notice_that_names_both() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    for n in range(2):
        record(world, send, MessageEvent.SENT, n=n)

    bounce(world, send, n=0)
    settle(world, send)
    first = world.notices_of(send)
    world.clock.advance(timedelta(seconds=1))
    bounce(world, send, n=1)
    settle(world, send)

    (notice,) = world.notices_of(send)
    assert not first
    assert "a échoué." in notice.body
    assert "a@x.example" in notice.body
    assert "b@x.example" in notice.body
    assert world.row(send).overdue_at is None


@pytest.mark.feature("B25")
def test_a_notice_waits_ten_minutes_for_what_was_accepted_and_no_longer() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    for n in range(2):
        record(world, send, MessageEvent.SENT, n=n)
    bounce(world, send, n=0)
    settle(world, send)

    world.clock.advance(timedelta(minutes=9))
    settle(world, send)
    world.reconcile()
    early = world.notices_of(send)
    world.clock.advance(timedelta(minutes=1))
    world.reconcile()

    (notice,) = world.notices_of(send)
    assert not early
    assert "a échoué pour 1 de ses 2 destinataires." in notice.body
    assert world.row(send).overdue_at is None
    assert world.row(send).notice_at is None


def test_further_failures_do_not_put_a_notice_off() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", "c@x.example", separate=True)
    for n in range(3):
        record(world, send, MessageEvent.SENT, n=n)
    for n in range(2):
        bounce(world, send, n=n)
        settle(world, send)
        world.clock.advance(timedelta(minutes=5))

    world.reconcile()

    (notice,) = world.notices_of(send)
    assert "pour 2 de ses 3 destinataires" in notice.body


def test_no_notice_is_owed_for_what_turned_out_to_be_sent() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    record(world, send, MessageEvent.SENT, n=1)
    record(world, send, MessageEvent.UNCONFIRMED, n=0, code="unconfirmed")
    settle(world, send)
    owed = world.row(send).notice_at
    record(world, send, MessageEvent.SENT, n=0)

    settle(world, send)
    world.clock.advance(timedelta(hours=1))
    world.reconcile()

    assert owed is not None
    assert world.row(send).progress.status is SendStatus.SENT
    assert world.row(send).overdue_at is None
    assert not world.notices_of(send)


def test_a_notice_that_the_day_has_no_room_for_is_left_out_and_the_send_rests() -> None:
    world = World()
    send = world.create("a@x.example")
    world.store.of(ORG).account = Account(
        exclusive_domains=("atelier.example",), messages_per_day=0
    )
    record(world, send, MessageEvent.FAILED, code="mailbox_full")

    settle(world, send)

    assert not world.notices_of(send)
    assert world.row(send).overdue_at is None
