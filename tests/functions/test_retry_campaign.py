"""Retrying occurrences of campaigns that could not be made."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from facteur.domain.identity import CampaignId
from facteur.ports import DueMessage
from facteur.services.campaigns.make_occurrence import MakeOccurrence
from facteur.services.campaigns.owner import HandOverCampaign
from facteur.services.campaigns.run import RunCampaign
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.settle import SettleSend
from facteur.services.documents.attach import AttachDocuments
from facteur.services.documents.make_pdf import MakePdf
from facteur.services.sending.queue import QueueSend
from tests.fakes import CONSOLE, telling
from tests.functions.calling import INVOICE, ORGANIZATION, STAFF_LIST, Api
from tests.functions.test_campaigns import MONTHLY, created

RUN = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


def run(api: Api, campaign: dict[str, Any], *, late: timedelta = timedelta()) -> Any:
    """Run a campaign for its first occurrence; returns the Send in the history."""
    api.clock.at = RUN + late
    queue_send = QueueSend(store=api.store, outbox=api.outbox)
    tell = telling(api.store, api.clock, api.hooks)
    runner = RunCampaign(
        store=api.store,
        hand_over=HandOverCampaign(
            store=api.store, queue_send=queue_send, clock=api.clock, ids=api.ids
        ),
        make_occurrence=MakeOccurrence(
            store=api.store,
            archive=api.archive,
            attach_documents=AttachDocuments(
                make_pdf=MakePdf(renderer=api.renderer, archive=api.archive)
            ),
            clock=api.clock,
            ids=api.ids,
        ),
        queue_send=queue_send,
        settle_send=SettleSend(
            store=api.store,
            cache=SendCache(api.store),
            outbox=api.outbox,
            ids=api.ids,
            clock=api.clock,
            console=CONSOLE,
            tell=tell,
        ),
        tell=tell,
        clock=api.clock,
    )
    message = DueMessage(organization=ORGANIZATION, campaign=CampaignId(campaign["id"]), at=RUN)
    runner.run(message)
    query = {"campaign_id": campaign["id"]}
    (row,) = api("GET", "/v1/sends", query=query).json["items"]
    return row


@pytest.mark.feature("B3", "B6", "S63")
def test_a_missed_occurrence_is_retried_with_the_date_it_would_have_carried(api: Api) -> None:
    campaign = created(api, recurrence=MONTHLY, auto_increment_date=True)
    row = run(api, campaign, late=timedelta(days=3))

    answer = api("POST", f"/v1/sends/{row['id']}/retry")

    retry = answer.json
    assert (row["status"], row["error"]["code"], row["late"]) == ("failed", "missed", True)
    assert (row["documents"][0]["size"], row["documents"][0]["sha256"]) == (None, None)
    assert answer.status == 202, answer.text
    assert retry["subject"] == "Liste - 01/11/2026"
    assert retry["documents"][0]["filename"] == "Liste de personnel Équipe Bercy 2026-11-01.pdf"
    assert (retry["retry_of"], retry["campaign_id"]) == (row["id"], campaign["id"])
    pdf = api.archive.get(ORGANIZATION, retry["documents"][0]["sha256"])
    assert b"2026-11-01" in pdf
    assert [recipient["address"] for recipient in retry["recipients"]] == campaign["recipients"]


@pytest.mark.feature("B6")
def test_an_occurrence_whose_document_was_a_draft_is_retried_once_it_is_published(api: Api) -> None:
    document = api.create(STAFF_LIST, publish=True)
    campaign = created(api, document_ids=[document])
    api("POST", f"/v1/documents/{document}/unpublish")
    row = run(api, campaign)
    path = f"/v1/sends/{row['id']}/retry"

    early = api("POST", path)
    api("POST", f"/v1/documents/{document}/publish")
    retried = api("POST", path)

    error = row["error"]
    assert (error["code"], error["detail"]) == ("document_unavailable", "Équipe Bercy")
    assert (early.status, early.json["code"]) == (409, "document_unavailable")
    assert retried.status == 202
    assert retried.json["documents"][0]["sha256"]


def test_an_invoice_is_rendered_again_with_its_own_date(api: Api) -> None:
    document = api.create(INVOICE, publish=True)
    campaign = created(api, document_type="invoice", document_ids=[document])
    row = run(api, campaign, late=timedelta(days=2))

    retry = api("POST", f"/v1/sends/{row['id']}/retry").json

    assert retry["documents"][0]["date"] == "2026-11-20"


def test_what_was_never_rendered_cannot_be_downloaded(api: Api) -> None:
    row = run(api, created(api), late=timedelta(days=2))

    answer = api("GET", f"/v1/sends/{row['id']}/attachments/0")
    message = api("GET", f"/v1/sends/{row['id']}/messages/0")

    assert (answer.status, answer.json["code"]) == (404, "attachment_not_found")
    assert (message.status, message.json["code"]) == (404, "message_not_found")


@pytest.mark.feature("S62", "S63")
def test_the_history_keeps_a_deleted_campaigns_sends_under_its_name(api: Api) -> None:
    campaign = created(api)
    row = run(api, campaign)
    api("DELETE", f"/v1/campaigns/{campaign['id']}")

    detail = api("GET", f"/v1/sends/{row['id']}").json
    export = api("GET", "/v1/sends.csv").text

    assert (detail["campaign_id"], detail["campaign_name"]) == (campaign["id"], "Liste mensuelle")
    assert (detail["origin"], detail["occurrence_at"]) == ("campaign", "2026-11-30T07:00:00.000Z")
    assert detail["bcc"] == campaign["recipients"]
    assert row["id"] in export
