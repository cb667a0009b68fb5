"""An organization that operators have stopped and that tries to mail all the same.

Its people send, retry, test and run campaigns, and its campaigns come due; what was queued before
is still in the queue. Nothing of it leaves; every request says why, every occurrence is in the
history, and what was queued leaves once the suspension has ended, each message once. Another
organization mails as before.
"""

from datetime import timedelta
from typing import Any

import pytest

from facteur.domain.account import Account
from facteur.domain.identity import OrgId
from facteur.domain.message import MessageEvent, Outcome
from facteur.domain.requests import CampaignAction
from facteur.domain.send import Origin, SendStatus
from tests.functions.calling import INVOICE, ORGANIZATION, STAFF_LIST, Api
from tests.simulation.campaigns import CampaignWorld
from tests.simulation.world import ORG, World

DOMAIN = "atelier-durand.example"
WEEKLY = {"kind": "weekly", "weekday": 1, "time": "08:00"}
NONE = {"kind": "none"}


def suspend(api: Api) -> None:
    api.store.of(ORGANIZATION).account = Account(exclusive_domains=(DOMAIN,), suspended=True)


def campaign(document_id: str, recurrence: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "Liste",
        "document_type": "staff_list",
        "document_ids": [document_id],
        "recipients": "client@example.com",
        "subject": "Liste",
        "body": "Bonjour",
        "recurrence": recurrence,
    }


@pytest.mark.feature("B44")
def test_everything_that_mails_is_refused_with_the_reason(api: Api) -> None:
    invoice, staff = api.create(INVOICE), api.create(STAFF_LIST, publish=True)
    failed = api.send(invoice)
    api.happens(failed["id"], MessageEvent.FAILED, code="mailbox_full")
    weekly = api("POST", "/v1/campaigns", campaign(staff, WEEKLY)).json
    queued, due = len(api.outbox.messages), len(api.due.messages)
    suspend(api)

    refused = [
        api("POST", "/v1/sends", {"document_ids": [invoice], "to": "a@b.example"}),
        api("POST", f"/v1/sends/{failed['id']}/retry"),
        api("POST", f"/v1/campaigns/{weekly['id']}/run"),
        api("POST", f"/v1/campaigns/{weekly['id']}/test"),
        api("POST", "/v1/campaigns", campaign(staff, NONE)),
        api(
            "PUT",
            f"/v1/campaigns/{weekly['id']}",
            campaign(staff, NONE) | {"version": weekly["version"]},
        ),
    ]

    assert [(answer.status, answer.json["code"]) for answer in refused] == [
        (403, "organization_suspended")
    ] * len(refused)
    assert "suspendus" in refused[0].json["detail"]
    assert (len(api.outbox.messages), len(api.due.messages)) == (queued, due)


@pytest.mark.feature("B44")
def test_what_does_not_mail_goes_on(api: Api) -> None:
    invoice, staff = api.create(INVOICE), api.create(STAFF_LIST, publish=True)
    suspend(api)

    assert (
        api("POST", "/v1/preview", {"document_ids": [invoice], "to": "a@b.example"}).status == 200
    )
    created = api("POST", "/v1/campaigns", campaign(staff, WEEKLY))
    assert created.status == 201
    assert api("POST", f"/v1/campaigns/{created.json['id']}/pause").status == 200
    assert api("GET", "/v1/sends").status == 200


@pytest.mark.feature("B44")
def test_a_repeated_request_still_gets_its_first_send(api: Api) -> None:
    body = {"document_ids": [api.create(INVOICE)], "to": "a@b.example"}
    first = api("POST", "/v1/sends", body, idempotency_key="k")
    suspend(api)

    again = api("POST", "/v1/sends", body, idempotency_key="k")

    assert (again.status, again.json["id"]) == (202, first.json["id"])


@pytest.mark.feature("B44")
def test_another_organization_mails_as_before(api: Api) -> None:
    suspend(api)
    other = api.as_user(**{"custom:organization": "autre", "sub": "o"})
    api.store.of(OrgId("autre")).account = Account(exclusive_domains=(DOMAIN,))

    assert other.send(other.create(INVOICE))["status"] == "queued"


def set_suspended(world: World, suspended: bool) -> None:
    world.store.of(ORG).account = Account(
        exclusive_domains=("atelier.example",), suspended=suspended
    )


@pytest.mark.feature("B44")
def test_queued_messages_wait_and_leave_once_when_the_suspension_ends() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    set_suspended(world, suspended=True)

    while world.queue:
        world.deliver(world.queue[0])
    for _ in range(12 * 24 * 5):  # five days
        world.clock.advance(timedelta(minutes=5))
        world.reconcile()
    assert world.queue == []
    assert world.mailer.accepted == []
    assert world.row(send).progress.status is SendStatus.QUEUED

    set_suspended(world, suspended=False)
    world.run_to_the_end()

    assert world.accepted(send) == {"a@x.example": 1, "b@x.example": 1}
    assert world.row(send).progress.status is SendStatus.SENT
    assert world.notices_of(send) == []


@pytest.mark.feature("B44")
def test_messages_are_released_within_the_hour_and_written_rarely_until_then() -> None:
    world = World()
    send = world.create(*(f"a{n}@x.example" for n in range(50)), separate=True)
    set_suspended(world, suspended=True)
    world.steps.clear()

    while world.queue:
        world.deliver(*world.queue[:10])

    assert world.steps.count("advance") == 1
    assert "claim" not in world.steps
    set_suspended(world, suspended=False)
    world.clock.advance(timedelta(hours=1))
    world.reconcile()
    assert len(world.queue) == 50
    world.reconcile()
    assert len(world.queue) == 50
    world.run_to_the_end()
    assert len(world.accepted(send)) == 50


@pytest.mark.feature("B44")
def test_a_message_that_was_sent_before_is_not_sent_again_by_the_release() -> None:
    world = World()
    send = world.create("a@x.example", "b@x.example", separate=True)
    world.deliver(world.queue[0])
    set_suspended(world, suspended=True)
    world.deliver(world.queue[0])

    set_suspended(world, suspended=False)
    world.run_to_the_end()

    assert world.accepted(send) == {"a@x.example": 1, "b@x.example": 1}


@pytest.mark.feature("B44")
def test_a_release_goes_on_when_mail_is_throttled_meanwhile() -> None:
    world = World()
    send = world.create("a@x.example")
    set_suspended(world, suspended=True)
    world.deliver(world.queue[0])
    world.clock.advance(timedelta(days=3))
    world.reconcile()
    set_suspended(world, suspended=False)
    world.clock.advance(timedelta(hours=1))
    world.reconcile()

    world.clock.advance(timedelta(hours=20))
    world.reconcile()

    assert world.row(send).progress.status is SendStatus.QUEUED
    world.run_to_the_end()
    assert world.accepted(send) == {"a@x.example": 1}


@pytest.mark.feature("B44")
def test_a_suspension_without_end_ends_in_a_failure_that_can_be_retried() -> None:
    world = World()
    send = world.create("a@x.example")
    set_suspended(world, suspended=True)
    world.deliver(world.queue[0])

    for _ in range(24 * 15):
        world.clock.advance(timedelta(hours=1))
        world.reconcile()
        while world.queue:
            world.deliver(world.queue[0])

    (recipient,) = world.row(send).progress.recipients
    assert (recipient.outcome, recipient.code) == (Outcome.FAILED, "expired")
    assert world.mailer.accepted == []


@pytest.mark.feature("B44")
def test_occurrences_are_recorded_with_the_reason_and_retried_afterwards() -> None:
    world = CampaignWorld()
    campaign_id = world.start()
    set_suspended(world, suspended=True)
    at = world.campaign(campaign_id).next_run_at
    assert at is not None

    world.until(at)
    world.run_all()

    (failed,) = world.sends(campaign_id)
    assert failed.failure is not None
    assert failed.failure.code == "organization_suspended"
    assert world.campaign(campaign_id).next_run_at == at + timedelta(days=7)
    set_suspended(world, suspended=False)
    retry = world.retry(failed.id)
    world.run_to_the_end()
    assert world.accepted(retry.id) == {"client@example.com": 1}
    (notice,) = [
        send for send in world.store.of(ORG).sends.values() if send.origin is Origin.NOTICE
    ]
    assert world.accepted(notice.id) == {"marie@atelier.example": 1}


@pytest.mark.feature("B44")
def test_a_run_asked_for_before_the_suspension_is_recorded_too() -> None:
    world = CampaignWorld()
    campaign_id = world.start(paused=True)

    world.take(campaign_id, CampaignAction.RUN)
    set_suspended(world, suspended=True)
    world.run_all()

    (failed,) = world.sends(campaign_id)
    assert failed.failure is not None
    assert failed.failure.code == "organization_suspended"
    assert world.mailer.accepted == []
