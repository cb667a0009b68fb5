"""Which events follow from a change: each once, with ids and outcomes, and for nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from facteur.domain.address import Recipient, Role
from facteur.domain.host_event import HostEvent, deliveries_of
from facteur.domain.host_event_sources import recipient_events, send_events
from facteur.domain.identity import CampaignId, SendId, UserId, WebhookId
from facteur.domain.message import EventDetail, EventKey, MessageEvent, MessageState
from facteur.domain.send import Origin, Send, SendFailure, progress_of, recipient_outcomes
from facteur.domain.send_row import SendRow, row_of
from facteur.domain.settings import Sender
from facteur.domain.webhook import EventType, WebhookDraft, new_webhook

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ADDRESSES = [f"client{n}@example.com" for n in range(60)]


def a_send(*addresses: str, **changes: Any) -> Send:
    send = Send(
        id=SendId("01M86CH3M0KGFGWTNQT91RGNDA"),
        origin=Origin.MANUAL,
        created_by=UserId("marie"),
        queued_at=NOW,
        sender=Sender(name="Marie", address="m@a.example", reply_to=None, copy_to="m@a.example"),
        recipients=tuple(Recipient(address, Role.BCC) for address in addresses),
        separate=False,
        copy=None,
        subject="Facture de Dupont",
        body="Bonjour Dupont",
    )
    return replace(send, **changes)


def rows(send: Send, event: MessageEvent, code: str = "") -> tuple[SendRow, SendRow]:
    """The row of a Send before and after an event about its first message."""
    state = MessageState(0, events={EventKey(event): EventDetail(NOW, code)})
    before = row_of(send)
    return before, replace(before, progress=progress_of(send, {0: state}), revision=1)


def reported(send: Send, event: MessageEvent, *, n: int = 0, index: int = 0) -> list[HostEvent]:
    """What follows from an event of SES about one recipient of a message."""
    [planned] = [one for one in send.messages() if one.n == n]
    before = MessageState(n, events={EventKey(MessageEvent.SENT): EventDetail(NOW)})
    events = {**before.events, EventKey(event, index): EventDetail(NOW, "address_rejected")}
    return recipient_events(send, planned, before, replace(before, events=events))


def types(events: list[HostEvent]) -> list[str]:
    return [event.type for event in events]


@pytest.mark.feature("B41")
def test_change_of_the_status_of_a_send_is_told_once() -> None:
    send = a_send("a@x.example")
    before, sent = rows(send, MessageEvent.SENT)
    _, failed = rows(send, MessageEvent.FAILED, "address_rejected")

    assert types(send_events(send, before, sent, now=NOW)) == ["send.sent"]
    [event] = send_events(send, before, failed, now=NOW)
    assert (event.type, event.data["code"]) == ("send.failed", "address_rejected")
    assert send_events(send, sent, replace(sent, revision=2), now=NOW) == []
    assert send_events(send, before, before, now=NOW) == []


def test_send_that_fails_again_after_it_was_sent_has_another_event() -> None:
    send = a_send("a@x.example")
    before, failed = rows(send, MessageEvent.FAILED)
    _, sent = rows(send, MessageEvent.SENT)

    first = send_events(send, before, failed, now=NOW)
    second = send_events(send, replace(sent, revision=5), replace(failed, revision=6), now=NOW)

    assert types(first) == types(second) == ["send.failed"]
    assert first[0].id != second[0].id


@pytest.mark.feature("B41", "B3")
def test_missed_occurrence_is_told_as_such_and_as_a_failed_send() -> None:
    missed = a_send(
        "a@x.example",
        origin=Origin.CAMPAIGN,
        campaign_id=CampaignId("01M86CH3M0KGFGWTNQT91RGNDB"),
        occurrence_at=NOW - timedelta(days=2),
        failure=SendFailure(code="missed"),
    )
    before = row_of(missed)
    settled = replace(before, overdue_at=None, notified=True)

    events = send_events(missed, before, settled, now=NOW)
    later = send_events(missed, replace(settled, revision=1), settled, now=NOW)

    assert types(events) == ["send.failed", "occurrence.missed"]
    assert events[1].data == {
        "send_id": missed.id,
        "campaign_id": missed.campaign_id,
        "occurrence_at": "2026-11-22T09:00:00.000Z",
    }
    assert later == []


@pytest.mark.feature("B41")
@pytest.mark.parametrize(
    ("event", "told"),
    [
        (MessageEvent.DELIVERED, ["recipient.delivered"]),
        (MessageEvent.HARD_BOUNCED, ["recipient.bounced"]),
        (MessageEvent.REFUSED, ["recipient.bounced"]),
        (MessageEvent.COMPLAINED, ["recipient.complained"]),
        (MessageEvent.DELAYED, []),
        (MessageEvent.NOT_SPAM, []),
    ],
)
def test_outcome_of_a_recipient_is_told(event: MessageEvent, told: list[str]) -> None:
    assert types(reported(a_send("a@x.example"), event)) == told


def test_automatic_reply_after_a_delivery_is_no_bounce() -> None:
    send = a_send("a@x.example")
    [planned] = send.messages()
    sent = {EventKey(MessageEvent.SENT): EventDetail(NOW)}
    delivered = {**sent, EventKey(MessageEvent.DELIVERED, 0): EventDetail(NOW)}
    replied = {**delivered, EventKey(MessageEvent.SOFT_BOUNCED, 0): EventDetail(NOW)}

    events = recipient_events(
        send, planned, MessageState(0, events=delivered), MessageState(0, events=replied)
    )

    assert events == []


@pytest.mark.feature("B41")
@pytest.mark.parametrize(("n", "index"), [(0, 0), (0, 48), (1, 0), (1, 10)])
def test_recipient_is_told_by_their_place_among_those_the_api_lists(n: int, index: int) -> None:
    send = a_send(*ADDRESSES, copy="m@a.example")
    [planned] = [one for one in send.messages() if one.n == n]

    [event] = reported(send, MessageEvent.HARD_BOUNCED, n=n, index=index)

    listed = recipient_outcomes(send, {})[int(str(event.data["recipient"]))]
    assert listed.address == planned.envelope[index].address


def test_copy_of_the_sender_and_notices_are_told_to_nobody() -> None:
    send = a_send("a@x.example", copy="m@a.example")
    notice = a_send("a@x.example", origin=Origin.NOTICE)
    before, after = rows(notice, MessageEvent.FAILED)

    assert reported(send, MessageEvent.HARD_BOUNCED, index=1) == []
    assert reported(notice, MessageEvent.HARD_BOUNCED) == []
    assert send_events(notice, before, after, now=NOW) == []


@pytest.mark.feature("B41")
def test_event_says_neither_address_nor_subject_nor_body() -> None:
    send = a_send("a@x.example")
    before, after = rows(send, MessageEvent.FAILED, "address_rejected")

    events = [
        *send_events(send, before, after, now=NOW),
        *reported(send, MessageEvent.HARD_BOUNCED),
    ]

    assert len(events) == 2
    for event in events:
        assert not any(word in event.body for word in ("@", "Dupont", "Bonjour", "Marie"))


def test_same_report_gives_the_same_event() -> None:
    send = a_send("a@x.example")

    first = reported(send, MessageEvent.DELIVERED)

    assert first == reported(send, MessageEvent.DELIVERED)


def test_event_goes_to_the_webhooks_that_want_it() -> None:
    def webhook(n: int, *events: EventType, enabled: bool = True) -> Any:
        draft = WebhookDraft("https://x.example/", events, enabled)
        return new_webhook(draft, id=WebhookId(str(n)), now=NOW)

    webhooks = [
        webhook(1, EventType.SEND_SENT, EventType.SEND_FAILED),
        webhook(2, EventType.CAMPAIGN_PAUSED),
        webhook(3, EventType.SEND_SENT, enabled=False),
        webhook(4, EventType.SEND_SENT),
    ]
    send = a_send("a@x.example")
    before, sent = rows(send, MessageEvent.SENT)

    deliveries = deliveries_of(send_events(send, before, sent, now=NOW), webhooks, now=NOW)

    assert [one.webhook for one in deliveries] == ["1", "4"]
    assert len({one.id for one in deliveries}) == 1
