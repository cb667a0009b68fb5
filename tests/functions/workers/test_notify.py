"""The function ``notify``, whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from facteur.domain.host_event import delivery_to, host_event
from facteur.domain.identity import HookId, WebhookId
from facteur.domain.webhook import EventType, Secret, WebhookDraft, new_webhook
from facteur.domain.webhook_delivery import AttemptError, DeliveryState, HookDelivery
from functions.notify.handler import handler
from tests.functions.workers.conftest import ORG, Deployed, context, event

WEBHOOK, HOOK = WebhookId("01KBX6D4E8N2S3V7XZ0RB1QPMH"), HookId("01KBX6F9J1P5T8W2Y4SC3VRQNK")
SECRET = Secret("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")


def owed(deployed: Deployed, url: str) -> HookDelivery:
    """The delivery that the payload names, to this address."""
    now = deployed.clock.now()
    webhooks = deployed.store.webhooks(ORG)
    draft = WebhookDraft(url, (EventType.SEND_SENT,), enabled=True)
    webhooks.create(new_webhook(draft, id=WEBHOOK, now=now), SECRET)
    told = host_event(EventType.SEND_SENT, now, {"send_id": "1"}, key="1")
    delivery = replace(delivery_to(WEBHOOK, told, now=now), id=HOOK)
    webhooks.put_deliveries([delivery])
    return delivery


@pytest.mark.feature("B41")
def test_attempt_is_recorded_counted_and_logged_without_address_or_answer(
    deployed: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    owed(deployed, "https://127.0.0.1/secret-path")

    response = handler(event("notify"), context())

    stored = deployed.store.webhooks(ORG).find_delivery(WEBHOOK, HOOK)
    lines = logged()
    [line] = [one for one in lines if one.get("message") == "hook attempted"]
    assert response == {"batchItemFailures": []}
    assert stored is not None
    assert [one.error for one in stored.attempts] == [AttemptError.NOT_PUBLIC]
    assert (line["result"], line["error"], line["webhook"]) == ("retried", "not_public", WEBHOOK)
    assert any("HooksRetried" in one for one in lines)
    assert "secret-path" not in str(lines)
    assert SECRET.text not in str(lines)


def test_what_is_left_to_the_queue_is_there_with_its_delay(deployed: Deployed) -> None:
    owed(deployed, "https://127.0.0.1/")

    handler(event("notify"), context())

    url = deployed.sqs.get_queue_url(QueueName="hooks")["QueueUrl"]
    counts = deployed.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert counts["ApproximateNumberOfMessagesDelayed"] == "1"


def test_message_of_nothing_is_acknowledged(deployed: Deployed) -> None:
    assert handler(event("notify"), context()) == {"batchItemFailures": []}
    assert deployed.store.webhooks(ORG).find_delivery(WEBHOOK, HOOK) is None


def test_message_that_is_none_of_ours_fails_alone(deployed: Deployed) -> None:
    payload = event("notify")
    payload["Records"][0]["body"] = '{"org": "../x"}'

    response = handler(payload, context())

    assert [one["itemIdentifier"] for one in response["batchItemFailures"]] == [
        payload["Records"][0]["messageId"]
    ]


def test_deployed_receivers_are_never_on_this_machine(deployed: Deployed) -> None:
    delivery = owed(deployed, "http://127.0.0.1:9/")

    handler(event("notify"), context())

    stored = deployed.store.webhooks(ORG).find_delivery(WEBHOOK, HOOK)
    assert stored is not None
    assert stored.attempts[0].error is AttemptError.NOT_PUBLIC
    assert stored.state is DeliveryState.PENDING
    assert stored.body == delivery.body
