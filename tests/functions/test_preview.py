"""Previews over HTTP."""

from typing import Any

import pytest

from tests.functions.calling import (
    CLAIRE,
    COMPLETE_INVOICE,
    INVOICE,
    ORDER,
    ORGANIZATION,
    STAFF_LIST,
    Api,
    complete_organization,
)

TO = "compta@dupont.example"


def previewed(api: Api, document_id: str, **fields: object) -> Any:
    answer = api("POST", "/v1/preview", {"document_ids": [document_id], "to": TO, **fields})
    assert answer.status == 200, answer.text
    return answer.json


@pytest.mark.feature("B9")
def test_preview_is_the_very_mail_and_pdf(api: Api) -> None:
    complete_organization(api)
    document_id = api.create(COMPLETE_INVOICE)
    fields: dict[str, Any] = {"cc": "chef@dupont.example", "copy_to_sender": True}

    preview = previewed(api, document_id, **fields)
    send = api.send(document_id, **fields)

    assert preview["subject"] == send["subject"]
    assert preview["text"] == send["body"]
    assert preview["html"] == f"<p>{send['body']}</p>"
    assert preview["messages"] == [
        {
            "from": "Claire Durand <claire@atelier-durand.example>",
            "to_header": TO,
            "envelope": [TO, "chef@dupont.example", CLAIRE.email],
        }
    ]
    (document,) = preview["documents"]
    sent = send["documents"][0]
    assert (document["filename"], document["size"]) == (sent["filename"], sent["size"])
    assert api.archive.previews[document["url"]] == (api.archive.kept[ORGANIZATION, sent["sha256"]])
    assert (preview["occurrences"], preview["warnings"]) == ([], [])


def test_preview_keeps_and_sends_nothing(api: Api) -> None:
    previewed(api, api.create(INVOICE))

    data = api.store.of(ORGANIZATION)
    assert (data.sends, data.profiles, api.archive.kept, api.outbox.messages) == ({}, {}, {}, [])


@pytest.mark.feature("S15")
def test_preview_of_a_separate_send_names_each_message(api: Api) -> None:
    preview = previewed(api, api.create(INVOICE), bcc="audit@x.example", separate=True)

    assert [(m["to_header"], m["envelope"]) for m in preview["messages"]] == [
        (TO, [TO]),
        ("audit@x.example", ["audit@x.example"]),
    ]


def test_preview_warns(api: Api) -> None:
    body = STAFF_LIST | {"number": ""}

    preview = previewed(
        api,
        api.create(body),
        subject="{document_number}Liste",
        bcc=[f"a{n}@x.example" for n in range(10)],
    )

    warnings = {warning["code"]: warning["message"] for warning in preview["warnings"]}
    assert warnings.keys() == {
        "many_blind_recipients",
        "document_number_empty",
        "list_not_published",
    }
    assert "{document_number}" in warnings["document_number_empty"]
    assert "Équipe Bercy" in warnings["list_not_published"]


def test_preview_tells_that_another_address_will_send(api: Api) -> None:
    settings = api("GET", "/v1/settings").json
    api("PUT", "/v1/settings", settings | {"default_sender": "f@atelier-durand.example"})

    preview = previewed(api.as_user(email="claire@gmail.example"), api.create(ORDER))

    assert [warning["code"] for warning in preview["warnings"]] == ["sender_replaced"]
    assert preview["messages"][0]["from"] == "Claire Durand <f@atelier-durand.example>"


@pytest.mark.feature("B21")
def test_preview_names_the_problems_that_sending_would(api: Api) -> None:
    body = {"document_ids": ["x"], "to": "compta", "subject": "{x}", "color": "red"}

    preview = api("POST", "/v1/preview", body)
    send = api("POST", "/v1/sends", body)

    assert preview.status == send.status == 422
    assert preview.problems == send.problems
