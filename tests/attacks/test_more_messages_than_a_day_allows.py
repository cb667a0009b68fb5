"""An organization that wants to mail without end.

The attacker sends by hand, retries, runs campaigns now, tests them, splits one Send into a thousand
messages, repeats requests with and without a key, and makes campaigns fail by the thousand so that
each failure mails a notice. The messages of a day stay within the limit, whatever made them; the
other organization does not notice.
"""

from datetime import timedelta
from typing import Any

import pytest

from facteur.domain.account import Account
from facteur.domain.identity import CampaignId, OrgId
from facteur.domain.message import MessageEvent
from facteur.domain.requests import CampaignAction
from facteur.domain.send import Origin, Send, SendStatus
from facteur.services.campaigns.run import RunResult
from tests.functions.calling import INVOICE, ORGANIZATION, Api
from tests.simulation.campaigns import CampaignWorld
from tests.simulation.world import ORG

LIMIT = 5


@pytest.fixture
def limited(api: Api) -> Api:
    """An organization that may send five messages a day."""
    account = Account(exclusive_domains=("atelier-durand.example",), messages_per_day=LIMIT)
    api.store.of(ORGANIZATION).account = account
    return api


def request(document_id: str, **changes: Any) -> dict[str, Any]:
    return {"document_ids": [document_id], "to": "compta@dupont.example"} | changes


@pytest.mark.feature("B44")
def test_after_the_last_message_of_the_day_the_answer_says_when_to_come_back(limited: Api) -> None:
    document_id = limited.create(INVOICE)
    for _ in range(LIMIT):
        assert limited("POST", "/v1/sends", request(document_id)).status == 202

    refused = limited("POST", "/v1/sends", request(document_id))

    assert (refused.status, refused.json["code"]) == (429, "daily_limit_reached")
    assert refused.json["params"] == {"limit": LIMIT}
    midnight = limited.clock.now().replace(hour=0, minute=0, second=0) + timedelta(days=1)
    seconds = (midnight - limited.clock.now()).total_seconds()
    assert 0 <= int(refused.headers["retry-after"]) - seconds < 1
    assert len(limited.outbox.messages) == LIMIT


@pytest.mark.feature("B44")
def test_a_thousand_messages_of_one_send_are_a_thousand(limited: Api) -> None:
    copies = [f"a{n}@dupont.example" for n in range(LIMIT)]
    document_id = limited.create(INVOICE)

    refused = limited("POST", "/v1/sends", request(document_id, cc=copies, separate=True))
    grouped = limited("POST", "/v1/sends", request(document_id, cc=copies))

    assert refused.json["code"] == "daily_limit_reached"
    assert grouped.status == 202
    assert limited("GET", "/v1/me").json["limits"] == {"messages_per_day": LIMIT, "used_today": 1}


@pytest.mark.feature("B44")
def test_every_way_of_sending_counts(limited: Api) -> None:
    sent = limited.send(limited.create(INVOICE))
    limited.happens(sent["id"], MessageEvent.FAILED, code="mailbox_full")

    retried = limited("POST", f"/v1/sends/{sent['id']}/retry")

    assert retried.status == 202
    assert limited("GET", "/v1/me").json["limits"]["used_today"] == 2


@pytest.mark.feature("B44")
def test_a_repeated_request_is_answered_and_counts_once(limited: Api) -> None:
    document_id = limited.create(INVOICE)
    keys = [f"key-{n}" for n in range(LIMIT)]
    first = [
        limited("POST", "/v1/sends", request(document_id), idempotency_key=key) for key in keys
    ]

    again = [
        limited("POST", "/v1/sends", request(document_id), idempotency_key=key) for key in keys
    ]

    assert [answer.json["id"] for answer in again] == [answer.json["id"] for answer in first]
    assert limited("POST", "/v1/sends", request(document_id)).status == 429


@pytest.mark.feature("B44")
def test_the_next_day_sending_goes_on(limited: Api) -> None:
    document_id = limited.create(INVOICE)
    for _ in range(LIMIT + 1):
        limited("POST", "/v1/sends", request(document_id))

    limited.clock.advance(timedelta(days=1))

    assert limited("POST", "/v1/sends", request(document_id)).status == 202
    assert limited("GET", "/v1/me").json["limits"]["used_today"] == 1


@pytest.mark.feature("B44")
def test_another_organization_has_a_day_of_its_own(limited: Api) -> None:
    document_id = limited.create(INVOICE)
    for _ in range(LIMIT + 1):
        limited("POST", "/v1/sends", request(document_id))
    other = limited.as_user(**{"custom:organization": "autre", "sub": "o"})
    limited.store.of(OrgId("autre")).account = Account(
        exclusive_domains=("atelier-durand.example",)
    )

    assert other("POST", "/v1/sends", request(other.create(INVOICE))).status == 202


@pytest.mark.feature("B44")
def test_refused_requests_leave_no_send_and_queue_nothing(limited: Api) -> None:
    document_id = limited.create(INVOICE)
    for _ in range(LIMIT):
        limited("POST", "/v1/sends", request(document_id))
    before = len(limited.store.of(ORGANIZATION).sends)

    for _ in range(50):
        limited("POST", "/v1/sends", request(document_id))

    assert len(limited.store.of(ORGANIZATION).sends) == before
    assert len(limited.outbox.messages) == LIMIT


@pytest.fixture
def world() -> CampaignWorld:
    """Campaigns of an organization that may send five messages a day."""
    world = CampaignWorld()
    world.store.of(ORG).account = Account(
        exclusive_domains=("atelier.example",), messages_per_day=LIMIT
    )
    return world


def run_now(world: CampaignWorld, campaign_id: CampaignId, *, times: int) -> list[Send]:
    """«Envoyer maintenant», again and again; what it made."""
    before = {send.id for send in world.sends(campaign_id)}
    for _ in range(times):
        world.take(campaign_id, CampaignAction.RUN)
        world.run_all()
    return [send for send in world.sends(campaign_id) if send.id not in before]


@pytest.mark.feature("B44")
def test_runs_and_tests_of_a_campaign_count_and_then_fail_with_the_reason(
    world: CampaignWorld,
) -> None:
    campaign_id = world.start()

    made = run_now(world, campaign_id, times=LIMIT - 1)
    world.take(campaign_id, CampaignAction.TEST)
    world.run_all()
    (over,) = run_now(world, campaign_id, times=1)

    assert all(send.failure is None for send in made)
    (test,) = world.sends(campaign_id, origin=Origin.TEST)
    assert test.failure is None
    assert over.failure is not None
    assert over.failure.code == "daily_limit_reached"
    assert world.row(over.id).progress.status is SendStatus.FAILED


@pytest.mark.feature("B44")
def test_an_occurrence_over_the_limit_is_a_failed_send_and_the_calendar_goes_on(
    world: CampaignWorld,
) -> None:
    campaign_id = world.start(auto_increment_date=True)
    at = world.campaign(campaign_id).next_run_at
    assert at is not None
    world.until(at)
    (message,) = world.due.messages
    world.due.messages.clear()
    run_now(world, world.start(paused=True), times=LIMIT)

    result = world.run(message)

    assert result is RunResult.FAILED
    (send,) = world.sends(campaign_id)
    assert send.failure is not None
    assert send.failure.code == "daily_limit_reached"
    assert send.occurrence_at == at
    assert world.campaign(campaign_id).next_run_at == at + timedelta(days=7)
    assert world.run(message) is RunResult.NOT_DUE


@pytest.mark.feature("B44")
def test_a_failed_occurrence_is_retried_the_next_day_with_the_very_pdf(
    world: CampaignWorld,
) -> None:
    campaign_id = world.start()
    *_, failed = run_now(world, campaign_id, times=LIMIT + 1)
    rendered = world.renderer.rendered
    world.clock.advance(timedelta(days=1))

    retry = world.retry(failed.id)

    assert retry.documents == failed.documents
    assert all(document.sha256 for document in retry.documents)
    assert world.renderer.rendered == rendered
    assert retry.failure is None


@pytest.mark.feature("B44")
def test_a_flood_of_failures_mails_no_more_notices_than_messages(
    world: CampaignWorld, caplog: pytest.LogCaptureFixture
) -> None:
    campaign_id = world.start()

    run_now(world, campaign_id, times=LIMIT + 30)
    world.run_to_the_end()

    notices = [send for send in world.store.of(ORG).sends.values() if send.origin is Origin.NOTICE]
    assert len(notices) == LIMIT
    assert "notice left out" in caplog.messages
    assert all(row.notified for row in world.rows() if row.progress.status is SendStatus.FAILED)


@pytest.mark.feature("B44")
def test_a_day_within_the_limit_gets_every_notice(world: CampaignWorld) -> None:
    campaign_id = world.start()

    made = run_now(world, campaign_id, times=LIMIT + 3)
    world.run_to_the_end()

    failed = [send for send in made if send.failure is not None]
    assert len(failed) == 3
    assert len(world.notices_of(failed[0].id)) == 3  # they all have the same subject
