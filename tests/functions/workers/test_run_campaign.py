"""The function ``run_campaign``, whole, and what reconcile does for it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

import facteur.bootstrap.campaigns
from facteur.adapters.dynamodb.operators import write_organization
from facteur.adapters.zone_rules import zone_rules
from facteur.domain.account import Account
from facteur.domain.campaign import Campaign
from facteur.domain.campaign_transitions import paused
from facteur.domain.content import (
    DocumentStatus,
    DocumentType,
    StaffList,
    UploadedFile,
    UploadedPdf,
)
from facteur.domain.deadlines import GRACE
from facteur.domain.document import Document
from facteur.domain.identity import Caller, CampaignId, DocumentId, UserId
from facteur.domain.occurrences import Occurrence
from facteur.domain.recurrence import Weekly
from facteur.domain.requests import CampaignRequest, SendFilter
from facteur.domain.send_row import SendRow
from functions.reconcile.handler import handler as reconcile
from functions.run_campaign.handler import handler
from tests.functions.workers.conftest import ORG, Deployed, context, event
from tests.support.zone_rules import ZONE, ZoneRules, changing_rules, midnight

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
LIST = DocumentId("01KBX2M8R4HWZ7C1N5T9KDQJ6F")
CLAIRE = Caller(ORG, UserId("claire"), "claire@atelier-durand.example", "Claire Durand")
KNOWN = "01KBX5C8D2MZ1R4TVW6YP9QNHE"


@pytest.fixture
def campaign(deployed: Deployed) -> Campaign:
    """A campaign of a published list, on Mondays at eight, created as people do."""
    write_organization(
        boto3.client("dynamodb"),
        "facteur",
        ORG,
        name="Atelier Durand",
        account=Account(shared_domains=("atelier-durand.example",)),
        default_sender="",
    )
    content = StaffList(
        type=DocumentType.STAFF_LIST, name="Équipe Bercy", date=date(2026, 11, 1), entries=()
    )
    deployed.store.documents(ORG).create(
        Document(
            id=LIST,
            status=DocumentStatus.PUBLISHED,
            content=content,
            version=1,
            created_at=deployed.clock.now(),
            updated_at=deployed.clock.now(),
        )
    )
    request = CampaignRequest(
        name="Liste",
        document_type=DocumentType.STAFF_LIST,
        document_ids=[LIST],
        recipients=["client1@example.com"],
        recurrence=Weekly((1,), time(8)),
    )
    return facteur.bootstrap.campaigns.campaigns().edit.create(CLAIRE, request, paused=False)


def payload(name: str, campaign: CampaignId, *, times: int = 1) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(event(name)).replace(KNOWN, campaign))
    return {"Records": read["Records"] * times}


def rows(deployed: Deployed, campaign: CampaignId) -> list[SendRow]:
    wanted = SendFilter(campaign_id=campaign)
    return list(deployed.store.sends(ORG).list_page(wanted, cursor=None, limit=10).items)


@pytest.mark.feature("B1")
def test_a_trigger_that_comes_fifty_times_renders_a_pdf_and_queues_one_mail(
    deployed: Deployed, campaign: Campaign, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    deployed.clock.at = MONDAY + timedelta(seconds=12)

    response = handler(payload("run_campaign", campaign.id, times=50), context())

    assert response == {"batchItemFailures": []}
    (row,) = rows(deployed, campaign.id)
    assert (row.occurrence_at, row.late, row.campaign_name) == (MONDAY, False, "Liste")
    (queued,) = deployed.queued()
    assert queued["send"] == row.id
    kept: Any = deployed.clients["s3"].get_object(
        Bucket="archive", Key=f"{ORG}/{row.documents[0].sha256}.pdf"
    )
    assert kept["Body"].read().startswith(b"%PDF-")
    moved = deployed.store.campaigns(ORG).get(campaign.id)
    assert moved.next_run_at == MONDAY + timedelta(days=7)
    assert moved.last_send == row.id
    (metrics,) = [line for line in logged() if "_aws" in line]
    assert (sum(metrics["RunsQueued"]), sum(metrics["RunsNotDue"])) == (1.0, 49.0)


@pytest.mark.feature("B11")
def test_run_now_runs_once(deployed: Deployed, campaign: Campaign) -> None:
    handler(payload("run_campaign_now", campaign.id, times=2), context())

    (row,) = rows(deployed, campaign.id)
    assert row.occurrence_at is None
    assert deployed.store.campaigns(ORG).get(campaign.id).next_run_at == MONDAY


@pytest.mark.feature("B3", "B17")
def test_an_imported_pdf_that_is_gone_from_the_archive_is_reported_in_the_end(
    deployed: Deployed, campaign: Campaign
) -> None:
    documents = deployed.store.documents(ORG)
    listed = documents.get(LIST)
    gone = UploadedPdf(
        type=DocumentType.STAFF_LIST,
        name="Équipe Bercy",
        date=date(2026, 11, 1),
        upload=UploadedFile(size=4, sha256="0" * 64),
    )
    documents.replace(replace(listed, content=gone, version=listed.version + 1))
    deployed.clock.at = MONDAY

    def received(count: int) -> tuple[int, int]:
        batch = payload("run_campaign", campaign.id)
        batch["Records"][0]["attributes"]["ApproximateReceiveCount"] = str(count)
        response = handler(batch, context())
        return len(response["batchItemFailures"]), len(rows(deployed, campaign.id))

    assert received(4) == (1, 0)
    assert received(5) == (0, 1)
    (row,) = rows(deployed, campaign.id)
    assert row.progress.error is not None
    assert row.progress.error.code == "render_failed"


def test_what_is_no_message_fails_alone_and_its_content_is_not_logged(
    deployed: Deployed, campaign: Campaign, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    deployed.clock.at = MONDAY
    batch = payload("run_campaign", campaign.id, times=2)
    batch["Records"][0] = batch["Records"][0] | {
        "body": '{"to": "x@secret.example"}',
        "messageId": "bad",
    }

    response = handler(batch, context())

    assert response == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
    assert len(rows(deployed, campaign.id)) == 1
    assert "secret" not in json.dumps(logged())


@pytest.mark.feature("B3")
def test_reconcile_asks_once_for_a_run_that_never_came_and_puts_its_schedule_back(
    deployed: Deployed, campaign: Campaign, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    scheduler: Any = boto3.client("scheduler")
    scheduler.delete_schedule(Name=campaign.id, GroupName="facteur")
    deployed.clock.at = MONDAY + timedelta(minutes=11)
    logged()

    reconcile(event("reconcile"), context())
    reconcile(event("reconcile"), context())

    (message,) = deployed.due()
    assert message["campaign"] == campaign.id
    assert datetime.fromisoformat(message["at"]) == MONDAY
    put_back = scheduler.get_schedule(Name=campaign.id, GroupName="facteur")
    assert put_back["State"] == "ENABLED"
    first, second = [line for line in logged() if "ReconcileRuns" in line]
    assert (first["OverdueCampaigns"], second["OverdueCampaigns"]) == ([1.0], [0.0])
    assert (first["ReconcileRuns"], second["ReconcileRuns"]) == ([1.0], [1.0])


@pytest.mark.feature("B3")
def test_overdue_campaign_is_queued_although_its_schedule_cannot_be_put(
    deployed: Deployed,
    campaign: Campaign,
    logged: Callable[[], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # moto refuses nothing, but the client knows that a schedule needs a role.
    monkeypatch.setenv("SCHEDULER_ROLE_ARN", "")
    deployed.clock.at = MONDAY + timedelta(minutes=11)
    logged()

    reconcile(event("reconcile"), context())

    (message,) = deployed.due()
    assert message["campaign"] == campaign.id
    lines = logged()
    (metrics,) = [line for line in lines if "ReconcileRuns" in line]
    (failure,) = [line for line in lines if line.get("message") == "not reconciled"]
    assert metrics["ReconcileFailures"] == [1.0]
    assert "UnavailableError: schedule_refused" in failure["exception"]


@pytest.mark.feature("B16", "S53")
def test_reconcile_disables_the_schedule_that_a_crash_left_enabled(
    deployed: Deployed, campaign: Campaign
) -> None:
    scheduler: Any = boto3.client("scheduler")
    before = scheduler.get_schedule(Name=campaign.id, GroupName="facteur")
    now = deployed.clock.now()
    assert deployed.store.campaigns(ORG).change(campaign, paused(campaign, now))
    deployed.clock.advance(timedelta(minutes=6))

    reconcile(event("reconcile"), context())

    after = scheduler.get_schedule(Name=campaign.id, GroupName="facteur")
    assert (before["State"], after["State"]) == ("ENABLED", "DISABLED")
    assert not deployed.due()


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[ZoneRules]:
    """An hour ahead of UTC, at first."""
    with changing_rules(tmp_path) as rules:
        rules.become(timedelta(hours=1))
        zone_rules.cache_clear()
        yield rules
    zone_rules.cache_clear()


def test_reconcile_derives_instants_again_when_a_layer_brings_other_zone_rules(
    rules: ZoneRules,
    deployed: Deployed,
    campaign: Campaign,
    logged: Callable[[], list[dict[str, Any]]],
) -> None:
    campaigns = deployed.store.campaigns(ORG)
    moved = replace(campaign, draft=replace(campaign.draft, timezone=ZONE), version=2)
    assert campaigns.change(campaign, moved)
    reconcile(event("reconcile"), context())

    rules.become(timedelta(hours=1), (midnight("2026-11-29"), timedelta(hours=2)))
    zone_rules.cache_clear()
    reconcile(event("reconcile"), context())

    assert campaigns.get(campaign.id).next_run == Occurrence(
        datetime(2026, 11, 30, 8), MONDAY - timedelta(hours=1)
    )
    lines = [line for line in logged() if line.get("message") == "reconciled"]
    assert [line["rederived"] for line in lines] == [0, 1]


def test_what_is_overdue_is_reconciled_even_if_instants_cannot_be_derived_again(
    deployed: Deployed, campaign: Campaign, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    deployed.clock.at = MONDAY + GRACE

    def fail(params: dict[str, Any], **_: object) -> None:
        if "ZONE_RULES" in str(params):
            raise EndpointConnectionError(endpoint_url="dynamodb")

    # The clients of a function are made at its first invocation, with the events of the session.
    session: Any = boto3.DEFAULT_SESSION
    events = session.events
    events.register("provide-client-params.dynamodb.GetItem", fail, unique_id="failing")
    try:
        reconcile(event("reconcile"), context())
    finally:
        events.unregister("provide-client-params.dynamodb.GetItem", unique_id="failing")

    assert [message["campaign"] for message in deployed.due()] == [campaign.id]
    (line,) = [line for line in logged() if line.get("message") == "reconciled"]
    assert line["failed"] == 1
