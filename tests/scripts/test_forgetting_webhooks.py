"""Webhooks hold ids and outcomes; what a receiver answers may name a person."""

from dataclasses import replace

import pytest

from facteur.domain.host_event import delivery_to, host_event
from facteur.domain.identity import HookId, WebhookId
from facteur.domain.webhook import EventType, Secret, WebhookDraft, new_webhook
from facteur.domain.webhook_delivery import HookAttempt, attempted
from tests.scripts.test_forgetting import CAMPAIGN, NOW, ORG, ZOE, Stack, stack

__all__ = ["stack"]

WEBHOOK = WebhookId("01KBX6D4E8N2S3V7XZ0RB1QPMH")
SECRET = Secret("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")


def with_webhook(stack: Stack) -> None:
    draft = WebhookDraft("https://erp.atelier.example/", tuple(EventType), enabled=True)
    stack.store.webhooks(ORG).create(new_webhook(draft, id=WEBHOOK, now=NOW), SECRET)


@pytest.mark.feature("B41", "B45")
def test_answer_that_quotes_a_person_is_exported_and_pointed_out(stack: Stack) -> None:
    with_webhook(stack)
    event = host_event(EventType.SEND_SENT, NOW, {"send_id": "1"}, key="1")
    delivery = delivery_to(WEBHOOK, event, now=NOW)
    webhooks = stack.store.webhooks(ORG)
    webhooks.put_deliveries([delivery])
    answer = HookAttempt(at=NOW, duration_ms=1, status=500, answer=f"no such customer: {ZOE}")
    webhooks.change_delivery(delivery, attempted(delivery, answer, now=NOW))

    exported = stack.commands().export.export(ZOE)
    report = stack.forget()

    assert ZOE in str(exported["organizations"][ORG]["webhook"])  # type: ignore[index,call-overload]
    [entry] = [one for one in report.undecided if one.kind == "webhook"]
    assert entry.id == WEBHOOK
    assert "30 days" in entry.what


@pytest.mark.feature("B41", "B45")
def test_event_about_a_person_who_is_forgotten_names_nobody(stack: Stack) -> None:
    with_webhook(stack)
    campaigns = stack.store.campaigns(ORG)
    before = campaigns.get(CAMPAIGN)
    alone = replace(before, draft=replace(before.draft, recipients=(ZOE,)), version=2)
    assert campaigns.change(before, alone)

    report = stack.forget()

    [delivery] = stack.store.webhooks(ORG).list_deliveries(WEBHOOK, cursor=None, limit=9).items
    assert delivery.type == "campaign.paused"
    assert "no_recipients" in delivery.body
    assert ZOE not in delivery.body
    assert delivery.due_at is not None
    assert [one for one in report.undecided if one.kind == "webhook"] == []
    assert HookId(delivery.id)
