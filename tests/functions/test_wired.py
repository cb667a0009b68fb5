"""The three functions as deployed: their own wiring, on the table, bucket and queue of moto."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

import facteur.bootstrap.documents
import facteur.bootstrap.sends
import facteur.bootstrap.settings
from facteur.adapters.dynamodb.operators import write_organization
from facteur.domain.account import Account
from facteur.domain.identity import OrgId
from functions.documents.handler import handler as documents
from functions.sends.handler import handler as sends
from functions.settings.handler import handler as settings
from tests.fakes import FakeClock
from tests.functions.calling import CONTEXT, event
from tests.support.deployment import deployment

DOCUMENT, SEND = "01KBX3V5TQ8ZJ4M6N2W9RHCE1D", "01KBX4A2F7PYD0Q3SVK5XN8GTB"
TO, BLIND = "compta@dupont.example", "audit@cabinet.example"
BUILDERS = (
    facteur.bootstrap.documents.documents,
    facteur.bootstrap.sends.sends,
    facteur.bootstrap.settings.settings,
)


@pytest.fixture
def queue_url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty deployment for an organization whose domain operators have verified."""
    with deployment(monkeypatch, FakeClock(), *BUILDERS) as deployed:
        write_organization(
            deployed.dynamodb,
            "facteur",
            OrgId("atelier-durand"),
            name="Atelier Durand",
            account=Account(exclusive_domains=("atelier-durand.example",)),
            default_sender="",
        )
        yield deployed.outbox_url


def called(function: Any, name: str, *, version: int | None = None, **ids: str) -> Any:
    text = json.dumps(event(name))
    for known, actual in ((DOCUMENT, ids.get("document")), (SEND, ids.get("send"))):
        text = text.replace(known, actual or known)
    payload = json.loads(text)
    if version is not None:
        payload["body"] = json.dumps(json.loads(payload["body"]) | {"version": version})
    answer = function(payload, CONTEXT)
    assert answer["statusCode"] < 400, answer["body"]
    return json.loads(answer["body"]) if answer["body"].startswith("{") else answer["body"]


def test_document_becomes_a_send_with_its_pdf_kept_and_its_message_queued(queue_url: str) -> None:
    document = called(documents, "documents_create_purchase_order")

    send = called(sends, "sends_create", document=document["id"])

    queued: Any = boto3.client("sqs").receive_message(QueueUrl=queue_url)
    assert json.loads(queued["Messages"][0]["Body"])["send"] == send["id"]
    kept: Any = boto3.client("s3").get_object(
        Bucket="archive", Key=f"atelier-durand/{send['documents'][0]['sha256']}.pdf"
    )
    assert kept["Body"].read().startswith(b"%PDF-")
    assert called(sends, "sends_get", send=send["id"]) == send


@pytest.mark.feature("B26")
def test_source_of_a_mail_holds_the_pdf_and_no_blind_recipient(queue_url: str) -> None:
    document = called(documents, "documents_create_purchase_order")
    body = {"document_ids": [document["id"]], "to": TO, "bcc": [BLIND]}
    send = json.loads(sends(event("sends_create") | {"body": json.dumps(body)}, CONTEXT)["body"])

    source = called(sends, "sends_message", send=send["id"])

    assert send["bcc"] == [BLIND]
    assert "Content-Type: application/pdf" in source
    assert f"To: {TO}" in source
    assert "claire@atelier-durand.example" in source.partition("\r\n\r\n")[0]
    assert BLIND not in source


@pytest.mark.feature("B9")
def test_preview_renders_mail_and_pdf(queue_url: str) -> None:
    document = called(documents, "documents_create_purchase_order")

    preview = called(sends, "sends_preview", document=document["id"])

    assert "Bon de commande BC-2026-031" in preview["html"]
    assert preview["documents"][0]["url"].startswith("https://archive.s3.")


def test_settings_and_profile_are_kept(queue_url: str) -> None:
    called(settings, "settings_replace", version=0)
    called(settings, "settings_replace_profile", version=0)

    replaced = called(settings, "settings_replace", version=1)
    profile = called(settings, "settings_replace_profile", version=1)

    assert called(settings, "settings_get") == replaced
    assert called(settings, "settings_get_profile") == profile
    assert replaced["sender_domains"] == ["atelier-durand.example"]


def test_repeated_request_is_carried_out_once(queue_url: str) -> None:
    document = called(documents, "documents_create_purchase_order")

    first = called(sends, "sends_create", document=document["id"])
    second = called(sends, "sends_create", document=document["id"])

    queued: Any = boto3.client("sqs").receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)
    assert second == first
    assert len(queued["Messages"]) == 1


@pytest.mark.parametrize(
    "q",
    [
        pytest.param("commande BC-2026", marks=pytest.mark.feature("S70")),
        pytest.param("bon comm", marks=pytest.mark.feature("S71")),
        pytest.param("BC-2026-031", marks=pytest.mark.feature("S72")),
        pytest.param("031", marks=pytest.mark.feature("S72")),
        pytest.param("RAPPEL", marks=pytest.mark.feature("S70")),
    ],
)
def test_history_is_searched_by_subject_name_and_number(queue_url: str, q: str) -> None:
    document = called(documents, "documents_create_purchase_order")
    payload = event("sends_create")
    body = {"document_ids": [document["id"]], "to": "a@x.example", "subject": "Rappelé"}
    send = json.loads(sends(payload | {"body": json.dumps(body)}, CONTEXT)["body"])
    request = event("sends_list")

    def found(query: dict[str, str]) -> list[str]:
        answer = sends(request | {"queryStringParameters": query}, CONTEXT)
        return [row["id"] for row in json.loads(answer["body"])["items"]]

    assert found({"q": q}) == [send["id"]]
    assert found({"q": q, "type": "invoice"}) == []
    assert found({"q": f"{q} introuvable"}) == []
