"""Immediate sends over HTTP."""

from typing import Any

import pytest

from facteur.domain.content import DocumentStatus
from facteur.domain.identity import DocumentId, SendId
from facteur.domain.message import MessageEvent
from tests.functions.calling import CLAIRE, INVOICE, ORDER, ORGANIZATION, STAFF_LIST, Api

TO = "compta@dupont.example"


@pytest.mark.feature("S2")
@pytest.mark.feature("S4")
@pytest.mark.feature("S12")
@pytest.mark.feature("S16")
@pytest.mark.feature("S17")
@pytest.mark.feature("S63")
@pytest.mark.feature("S64")
def test_send_is_accepted_queued_and_in_the_history(api: Api) -> None:
    document_id = api.create(INVOICE)

    answer = api("POST", "/v1/sends", {"document_ids": [document_id], "to": TO})

    send = answer.json
    assert answer.status == 202
    assert (send["status"], send["origin"], send["to"]) == ("queued", "manual", [TO])
    assert send["timeline"] == [{"at": send["queued_at"], "event": "queued", "address": None}]
    assert [message.send for message in api.outbox.messages] == [send["id"]]
    assert [row["id"] for row in api("GET", "/v1/sends").json["items"]] == [send["id"]]
    assert api("GET", f"/v1/sends/{send['id']}").json == send


@pytest.mark.feature("S3")
@pytest.mark.parametrize(
    ("body", "subject"),
    [
        (INVOICE, "Facture F-2026-0142 - Dupont BTP"),
        (ORDER, "Bon de commande BC-2026-031"),
        (STAFF_LIST, "Liste de personnel - 01/11/2026"),
    ],
)
def test_each_type_is_sent_with_its_usual_subject(
    api: Api, body: dict[str, Any], subject: str
) -> None:
    document_id = api.create(body, publish=body is STAFF_LIST)

    send = api.send(document_id)

    assert send["subject"] == subject
    assert send["document_type"] == body["type"]


@pytest.mark.feature("S7")
@pytest.mark.feature("S11")
def test_own_words_are_sent_with_their_variables_replaced(api: Api) -> None:
    document_id = api.create(INVOICE)

    send = api.send(
        document_id,
        subject=" {{Rappel}} {document_number} ",
        body="Bonjour,\r\n{document_name} du {date}",
    )

    assert send["subject"] == "{Rappel} F-2026-0142"
    assert send["body"] == "Bonjour,\nFacture F-2026-0142 du 20/11/2026"


def test_names_that_look_like_variables_are_not_replaced_again(api: Api) -> None:
    document_id = api.create(INVOICE | {"name": "{date}"})

    send = api.send(document_id, subject="{document_name}")

    assert send["subject"] == "{date}"


@pytest.mark.feature("S5")
@pytest.mark.feature("S6")
def test_copies_are_pasted_texts_or_arrays_and_each_address_counts_once(api: Api) -> None:
    document_id = api.create(INVOICE)

    send = api.send(
        document_id,
        cc=f"chef@dupont.example; {TO.upper()}",
        bcc=["chef@Dupont.example", "audit@exämple.fr\nregie@dupont.example"],
    )

    assert send["to"] == [TO]
    assert send["cc"] == ["chef@dupont.example"]
    assert send["bcc"] == ["audit@xn--exmple-cua.fr", "regie@dupont.example"]
    assert send["recipient_count"] == 4


@pytest.mark.feature("S13")
def test_copy_to_the_sender_is_a_recipient_of_its_own(api: Api) -> None:
    document_id = api.create(INVOICE)

    send = api.send(document_id, copy_to_sender=True)

    assert send["recipients"][-1]["role"] == "copy"
    assert send["recipients"][-1]["address"] == CLAIRE.email
    assert send["recipient_count"] == 1


@pytest.mark.feature("S14")
@pytest.mark.feature("S15")
def test_separate_send_makes_one_message_for_each_address(api: Api) -> None:
    document_id = api.create(INVOICE)

    api.send(document_id, cc="a@x.example", bcc="b@x.example", separate=True, copy_to_sender=True)

    assert [message.n for message in api.outbox.messages] == [0, 1, 2, 3]


@pytest.mark.feature("S12")
@pytest.mark.feature("B7")
def test_pdf_is_rendered_once_and_kept_under_its_hash(api: Api) -> None:
    document_id = api.create(INVOICE)

    send = api.send(document_id, cc="a@x.example", separate=True)

    (document,) = send["documents"]
    assert api.renderer.rendered == 1
    assert len(api.archive.kept[ORGANIZATION, document["sha256"]]) == document["size"]
    assert document["filename"] == "Facture F-2026-0142.pdf"


def test_several_documents_go_in_one_send_with_names_joined_and_files_told_apart(api: Api) -> None:
    lists = [api.create(STAFF_LIST, publish=True), api.create(STAFF_LIST, publish=True)]
    other = api.create(STAFF_LIST | {"name": "Nuit", "number": "", "date": "2026-12-24"})
    api("POST", f"/v1/documents/{other}/publish")

    send = api(
        "POST",
        "/v1/sends",
        {
            "document_ids": [*lists, other],
            "to": TO,
            "subject": "{document_name} / {document_number} / {date}",
        },
    ).json

    assert send["subject"] == (
        "Équipe Bercy, Équipe Bercy, Nuit / LP-2026-11, LP-2026-11 / 01/11/2026"
    )
    assert [document["filename"] for document in send["documents"]] == [
        "Liste de personnel Équipe Bercy 2026-11-01.pdf",
        "Liste de personnel Équipe Bercy 2026-11-01 (2).pdf",
        "Liste de personnel Nuit 2026-12-24.pdf",
    ]


def test_draft_invoice_is_to_be_published_once_accepted(api: Api) -> None:
    draft, sent = api.create(INVOICE), api.create(INVOICE | {"number": "F-2"}, publish=True)

    of_draft, of_sent = api.send(draft), api.send(sent)

    sends = api.store.sends(ORGANIZATION)
    assert sends.get(SendId(of_draft["id"])).drafts_to_publish == (draft,)
    assert sends.get(SendId(of_sent["id"])).drafts_to_publish == ()
    stored = api.store.documents(ORGANIZATION).get(DocumentId(draft))
    assert stored.status is DocumentStatus.DRAFT


def test_draft_list_cannot_be_sent(api: Api) -> None:
    document_id = api.create(STAFF_LIST)

    answer = api("POST", "/v1/sends", {"document_ids": [document_id], "to": TO})

    assert (answer.status, answer.json["code"]) == (409, "document_not_published")
    assert answer.json["params"] == {
        "document_id": document_id,
        "name": "Équipe Bercy",
        "type": "staff_list",
    }
    assert "Publiez cette liste" in answer.json["detail"]
    assert api.outbox.messages == []
    assert api.archive.kept == {}


@pytest.mark.feature("B22")
def test_sender_is_the_person_when_their_domain_is_verified(api: Api) -> None:
    send = api.send(api.create(INVOICE))

    assert (send["from"], send["reply_to"]) == (CLAIRE.email, None)


@pytest.mark.feature("B22")
def test_sender_is_the_default_one_otherwise_and_replies_go_to_the_person(api: Api) -> None:
    settings = api("GET", "/v1/settings").json
    address = "factures@atelier-durand.example"
    api("PUT", "/v1/settings", settings | {"default_sender": address})
    abroad = api.as_user(email="claire@gmail.example")

    send = abroad.send(api.create(INVOICE))

    assert (send["from"], send["reply_to"]) == (address, "claire@gmail.example")


@pytest.mark.feature("B22")
def test_without_any_verified_sender_nothing_is_sent(api: Api) -> None:
    document_id = api.create(INVOICE)
    abroad = api.as_user(email="claire@gmail.example")

    answer = abroad("POST", "/v1/sends", {"document_ids": [document_id], "to": TO})

    assert (answer.status, answer.json["code"]) == (409, "sender_not_verified")
    assert "gmail.example" in answer.json["detail"]
    assert api.outbox.messages == []


def test_workers_know_the_person_who_sent(api: Api) -> None:
    api.send(api.create(INVOICE))

    profile = api.store.settings(ORGANIZATION).find_profile(CLAIRE.user)

    assert profile is not None
    assert (profile.name, profile.email) == (CLAIRE.name, CLAIRE.email)


def test_address_of_the_token_replaces_one_that_was_stored(api: Api) -> None:
    document_id = api.create(INVOICE)
    api.send(document_id)

    api.as_user(email="c.durand@atelier-durand.example").send(document_id)

    profile = api.store.settings(ORGANIZATION).find_profile(CLAIRE.user)
    assert profile is not None
    assert profile.email == "c.durand@atelier-durand.example"


@pytest.mark.feature("S37")
def test_send_carries_the_signature_of_its_sender(api: Api) -> None:
    api("PUT", "/v1/profile", {"name": "Claire", "signature": "<p>Claire</p>", "version": 0})

    send = api.send(api.create(INVOICE))

    assert api.store.sends(ORGANIZATION).get(SendId(send["id"])).signature == "<p>Claire</p>"


@pytest.mark.feature("B15")
def test_repeated_request_with_one_key_sends_once_and_gets_the_first_answer(api: Api) -> None:
    body = {"document_ids": [api.create(INVOICE)], "to": TO}
    first = api("POST", "/v1/sends", body, idempotency_key="k1")
    api.happens(first.json["id"], MessageEvent.SENT)

    second = api("POST", "/v1/sends", body, idempotency_key="k1")

    assert (first.status, second.status) == (202, 202)
    assert second.json == first.json
    assert len(api.outbox.messages) == 1
    assert api.renderer.rendered == 1


@pytest.mark.feature("B15")
def test_key_used_for_another_send_is_refused(api: Api) -> None:
    body = {"document_ids": [api.create(INVOICE)], "to": TO}
    api("POST", "/v1/sends", body, idempotency_key="k1")

    other = api("POST", "/v1/sends", body | {"to": "x@y.example"}, idempotency_key="k1")

    assert other.status == 422
    assert other.problems == {("Idempotency-Key", "idempotency_key_reused")}
    assert len(api.outbox.messages) == 1


def test_without_a_key_each_request_sends(api: Api) -> None:
    document_id = api.create(INVOICE)

    api.send(document_id)
    api.send(document_id)

    assert len(api.outbox.messages) == 2


@pytest.mark.feature("B21")
def test_every_problem_of_a_send_is_named_at_once(api: Api) -> None:
    invoice, order = api.create(INVOICE), api.create(ORDER)
    body = {
        "document_ids": [invoice, order, "01KBX3V5TQ8ZJ4M6N2W9RHCE1D"],
        "to": "compta@dupont, x@y.example",
        "cc": ["é@dupont.example", "rien"],
        "bcc": "a@b",
        "subject": "{client} {\r\nBcc: x@y.example",
        "body": "x" * 20_001 + "{numero}",
        "copy_to_sender": "souvent",
        "priority": "high",
    }

    answer = api("POST", "/v1/sends", body)

    assert answer.status == 422
    assert answer.problems == {
        ("document_ids", "document_not_found"),
        ("document_ids", "documents_of_several_types"),
        ("to", "address_invalid"),
        ("cc", "address_local_part_not_ascii"),
        ("cc", "address_invalid"),
        ("bcc", "address_invalid"),
        ("subject", "unknown_variable"),
        ("subject", "unbalanced_brace"),
        ("subject", "control_character"),
        ("body", "too_long"),
        ("body", "unknown_variable"),
        ("copy_to_sender", "boolean_expected"),
        ("priority", "unknown_field"),
    }
    assert api.outbox.messages == []


@pytest.mark.feature("B21")
@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"to": ""}, ("to", "required")),
        ({"to": []}, ("to", "required")),
        ({"to": "a@x.example, b@x.example"}, ("to", "one_address_expected")),
        ({"document_ids": []}, ("document_ids", "required")),
        ({"document_ids": ["x"] * 11 + ["y"]}, ("document_ids", "document_not_found")),
        ({"document_ids": [str(n) for n in range(11)]}, ("document_ids", "too_many")),
        ({"document_ids": "x"}, ("document_ids", "list_expected")),
        ({"subject": ""}, ("subject", "required")),
        ({"subject": "x" * 256}, ("subject", "too_long")),
        ({"subject": "=?utf-8?b?eA==?="}, ("subject", "encoded_word")),
        ({"subject": "{document_name}" * 20}, ("subject", "too_long")),
        ({"body": "a\x00b"}, ("body", "control_character")),
        ({"body": "{document_name}" * 1_300}, ("body", "too_long")),
        ({"to": 5}, ("to", "list_expected")),
        ({"separate": "yes"}, ("separate", "boolean_expected")),
        ({"copy_to_sender": 1}, ("copy_to_sender", "boolean_expected")),
    ],
)
def test_bad_value_is_named(api: Api, change: dict[str, Any], problem: tuple[str, str]) -> None:
    body = {"document_ids": [api.create(INVOICE)], "to": TO}

    answer = api("POST", "/v1/sends", body | change)

    assert answer.status == 422
    assert answer.problems == {problem}


def test_body_is_checked_even_when_no_document_is_found(api: Api) -> None:
    answer = api("POST", "/v1/sends", {"document_ids": ["x"], "to": TO, "body": "{x}"})

    assert answer.problems == {
        ("document_ids", "document_not_found"),
        ("body", "unknown_variable"),
    }


def test_every_bad_address_is_quoted(api: Api) -> None:
    body = {"document_ids": [api.create(INVOICE)], "to": TO, "cc": "un, deux@x, trois@x.example"}

    answer = api("POST", "/v1/sends", body)

    sentences = [problem["message"] for problem in answer.json["errors"]]
    assert len(sentences) == 2
    assert "un" in sentences[0]
    assert "deux@x" in sentences[1]


def test_send_has_at_most_a_thousand_addresses(api: Api) -> None:
    document_id = api.create(INVOICE)
    addresses = [f"a{n}@x.example" for n in range(1_000)]

    too_many = api("POST", "/v1/sends", {"document_ids": [document_id], "to": TO, "bcc": addresses})
    enough = api.send(document_id, bcc=addresses[:999])

    assert too_many.problems == {("bcc", "too_many_addresses")}
    in_copy = {"document_ids": [document_id], "to": TO, "cc": addresses, "bcc": "b@x.example"}
    assert api("POST", "/v1/sends", in_copy).problems == {("cc", "too_many_addresses")}
    assert enough["recipient_count"] == 1_000


@pytest.mark.feature("B21")
def test_attachments_that_no_mail_holds_are_refused_with_the_figure(api: Api) -> None:
    document_id = api.create(INVOICE)
    api.renderer.size = 20 * 1024 * 1024

    answer = api("POST", "/v1/sends", {"document_ids": [document_id], "to": TO})

    assert answer.problems == {("document_ids", "attachment_too_large")}
    assert "27" in answer.json["errors"][0]["message"]
    assert api.archive.kept == {}


def test_document_of_another_organization_does_not_exist(api: Api) -> None:
    document_id = api.create(INVOICE)
    stranger = api.as_user(**{"custom:organization": "autre", "sub": "u2"})

    answer = stranger("POST", "/v1/sends", {"document_ids": [document_id], "to": TO})

    assert answer.status == 422
    assert answer.problems == {("document_ids", "document_not_found")}
