"""Retries over HTTP: whom they go to, and when they are refused."""

from collections.abc import Iterable
from typing import Any

import pytest

from facteur.domain.identity import SendId
from facteur.domain.message import EventDetail, EventKey, MessageEvent
from tests.functions.calling import INVOICE, ORGANIZATION, Api

TO, CC, BCC = "compta@dupont.example", "chef@dupont.example", "audit@dupont.example"


def sent(api: Api, *, failed: Iterable[int], **fields: object) -> str:
    """The id of a Send to the three, of which those at these places in the envelope failed."""
    send_id: str = api.send(api.create(INVOICE), cc=CC, bcc=BCC, **fields)["id"]
    api.happens(send_id, MessageEvent.SENT)
    for index in failed:
        api.happens(send_id, MessageEvent.HARD_BOUNCED, index=index, code="address_rejected")
    return send_id


def retried(
    api: Api, send_id: str, body: object = None, *, idempotency_key: str | None = None
) -> Any:
    path = f"/v1/sends/{send_id}/retry"
    if idempotency_key is None:
        answer = api("POST", path, body)
    else:
        answer = api("POST", path, body, idempotency_key=idempotency_key)
    assert answer.status == 202, answer.text
    return answer.json


@pytest.mark.feature("B6")
def test_retry_goes_only_to_those_that_failed_with_the_same_pdf_words_and_date(api: Api) -> None:
    send_id = sent(api, failed=[0], copy_to_sender=True)
    original = api("GET", f"/v1/sends/{send_id}").json
    document_id = original["documents"][0]["id"]
    document = api("GET", f"/v1/documents/{document_id}").json
    api("PUT", f"/v1/documents/{document_id}", document | {"notes": "changed since"})

    retry = retried(api, send_id)

    assert (retry["origin"], retry["status"], retry["to"]) == ("retry", "queued", [TO])
    assert retry["recipient_count"] == len(retry["recipients"]) == 1
    for same in ("documents", "subject", "body", "document_type"):
        assert retry[same] == original[same]
    assert api.renderer.rendered == 1
    assert [message.n for message in api.outbox.messages if message.send == retry["id"]] == [0]


@pytest.mark.feature("B6")
def test_retry_and_original_name_each_other(api: Api) -> None:
    send_id = sent(api, failed=[0])

    retry = retried(api, send_id)

    assert retry["retry_of"] == send_id
    assert api("GET", f"/v1/sends/{send_id}").json["retried_by"] == [retry["id"]]


@pytest.mark.parametrize(
    ("failed", "shown"),
    [
        ([0, 1, 2], ((TO,), (CC,), (BCC,))),
        ([0, 2], ((TO,), (), (BCC,))),
        # Nobody's main recipient any more: blind, under a To that shows the sender.
        ([1], ((), (), (CC,))),
        ([1, 2], ((), (), (CC, BCC))),
    ],
)
def test_grouped_retry_shows_nobody_an_address_that_they_were_not_shown(
    api: Api, failed: list[int], shown: tuple[tuple[str, ...], ...]
) -> None:
    retry = retried(api, sent(api, failed=failed))

    assert (tuple(retry["to"]), tuple(retry["cc"]), tuple(retry["bcc"])) == shown


def test_separate_retry_stays_separate(api: Api) -> None:
    send_id = api.send(api.create(INVOICE), cc=CC, bcc=BCC, separate=True)["id"]
    for n in range(3):
        api.happens(send_id, MessageEvent.SENT, n=n)
    for n in (1, 2):
        api.happens(send_id, MessageEvent.HARD_BOUNCED, n=n, index=0, code="mailbox_full")

    retry = retried(api, send_id)

    planned = api.store.sends(ORGANIZATION).get(SendId(retry["id"])).messages()
    assert [message.to_header for message in planned] == [(CC,), (BCC,)]
    assert (retry["cc"], retry["bcc"]) == ([CC], [BCC])


def test_failed_copy_of_the_sender_is_not_retried(api: Api) -> None:
    send_id = sent(api, failed=[3], copy_to_sender=True)

    answer = api("POST", f"/v1/sends/{send_id}/retry")

    assert (answer.status, answer.json["code"]) == (409, "nothing_to_retry")


@pytest.mark.feature("B6")
def test_corrected_address_is_written_to_instead(api: Api) -> None:
    send_id = sent(api, failed=[0, 1])

    retry = retried(api, send_id, {"corrections": {TO.upper(): "comptabilite@dupont.example"}})

    assert retry["to"] == ["comptabilite@dupont.example"]
    assert retry["cc"] == [CC]
    assert api.store.sends(ORGANIZATION).get(SendId(retry["id"])).covers == (TO, CC)


@pytest.mark.feature("S80")
def test_a_failed_send_leads_to_its_document_whose_form_sends_it_again(api: Api) -> None:
    failed = api("GET", f"/v1/sends/{sent(api, failed=[0])}").json
    (document,) = failed["documents"]

    form = api("GET", f"/v1/documents/{document['id']}/email").json
    again = api.send(document["id"], to="comptabilite@dupont.example", subject=form["subject"])

    assert failed["status"] == "failed"
    assert (again["status"], again["origin"]) == ("queued", "manual")
    assert again["to"] == ["comptabilite@dupont.example"]
    assert again["documents"] == failed["documents"]


def test_two_addresses_corrected_to_one_get_one_mail(api: Api) -> None:
    send_id = sent(api, failed=[0, 1])

    retry = retried(api, send_id, {"corrections": {CC: TO}})

    assert (retry["to"], retry["cc"]) == ([TO], [])


def test_every_bad_correction_is_named(api: Api) -> None:
    send_id = sent(api, failed=[0, 1])
    corrections = {TO: "compta", CC: "a@x.example, b@x.example", BCC: "audit@x.example"}

    answer = api("POST", f"/v1/sends/{send_id}/retry", {"corrections": corrections})

    assert answer.status == 422
    assert answer.problems == {
        (f"corrections.{TO}", "address_invalid"),
        (f"corrections.{CC}", "one_address_expected"),
        (f"corrections.{BCC}", "correction_unknown"),
    }


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"corrections": []}, ("corrections", "object_expected")),
        ({"corrections": {TO: 5}}, (f"corrections.{TO}", "text_expected")),
        ({"to": TO}, ("to", "unknown_field")),
        ("[", ("", "json_invalid")),
    ],
)
def test_body_that_is_none_is_refused(api: Api, body: object, problem: tuple[str, str]) -> None:
    answer = api("POST", f"/v1/sends/{sent(api, failed=[0])}/retry", body)

    assert answer.status == 422
    assert answer.problems == {problem}


def test_send_under_way_cannot_be_retried(api: Api) -> None:
    send_id = api.send(api.create(INVOICE))["id"]

    answer = api("POST", f"/v1/sends/{send_id}/retry")

    assert (answer.status, answer.json["code"]) == (409, "send_in_progress")


def test_send_without_a_failure_cannot_be_retried(api: Api) -> None:
    answer = api("POST", f"/v1/sends/{sent(api, failed=[])}/retry")

    assert (answer.status, answer.json["code"]) == (409, "nothing_to_retry")


@pytest.mark.feature("B2")
def test_unconfirmed_recipient_is_retried_when_a_person_asks(api: Api) -> None:
    send_id = api.send(api.create(INVOICE))["id"]
    sends = api.store.sends(ORGANIZATION)
    sends.record_events(
        SendId(send_id), 0, {EventKey(MessageEvent.UNCONFIRMED): EventDetail(api.clock.now())}
    )

    retry = retried(api, send_id)

    assert retry["to"] == [TO]


def test_second_retry_is_refused_and_names_the_first(api: Api) -> None:
    send_id = sent(api, failed=[0])
    first = retried(api, send_id)

    answer = api("POST", f"/v1/sends/{send_id}/retry")

    assert (answer.status, answer.json["code"]) == (409, "already_retried")
    assert answer.json["params"] == {"send_id": first["id"]}


def test_recipient_that_fails_after_a_retry_can_be_retried_too(api: Api) -> None:
    send_id = sent(api, failed=[0])
    first = retried(api, send_id)
    api.happens(send_id, MessageEvent.HARD_BOUNCED, index=2, code="mailbox_full")

    second = retried(api, send_id)

    assert (second["to"], second["bcc"]) == ([], [BCC])
    detail = api("GET", f"/v1/sends/{send_id}").json
    assert detail["retried_by"] == [first["id"], second["id"]]


def test_retry_that_failed_is_retried_in_its_turn(api: Api) -> None:
    first = retried(api, sent(api, failed=[0]))
    api.happens(first["id"], MessageEvent.HARD_BOUNCED, index=0, code="mailbox_full")

    second = retried(api, first["id"])

    assert second["retry_of"] == first["id"]


@pytest.mark.feature("B15")
def test_repeated_retry_with_one_key_makes_one_retry(api: Api) -> None:
    send_id = sent(api, failed=[0])

    first = retried(api, send_id, idempotency_key="k1")
    second = retried(api, send_id, idempotency_key="k1")

    assert first == second
    assert len([m for m in api.outbox.messages if m.send == first["id"]]) == 1


@pytest.mark.feature("B15")
def test_key_of_one_retry_is_not_good_for_another(api: Api) -> None:
    send_id = sent(api, failed=[0, 1])
    retried(api, send_id, idempotency_key="k1")

    answer = api(
        "POST", f"/v1/sends/{send_id}/retry", {"corrections": {TO: CC}}, idempotency_key="k1"
    )

    assert answer.problems == {("Idempotency-Key", "idempotency_key_reused")}


def test_retry_comes_from_whoever_retries(api: Api) -> None:
    send_id = sent(api, failed=[0])
    colleague = api.as_user(sub="u2", email="paul@atelier-durand.example", name="Paul Martin")

    retry = retried(colleague, send_id)

    assert (retry["from"], retry["created_by"]) == ("paul@atelier-durand.example", "u2")


def test_draft_invoice_is_published_by_the_retry_that_succeeds(api: Api) -> None:
    send_id = api.send(api.create(INVOICE))["id"]
    api.happens(send_id, MessageEvent.FAILED, code="address_rejected")

    retry = retried(api, send_id)

    sends = api.store.sends(ORGANIZATION)
    assert (
        sends.get(SendId(retry["id"])).drafts_to_publish
        == sends.get(SendId(send_id)).drafts_to_publish
        != ()
    )


@pytest.mark.feature("S13")
def test_retry_of_a_send_of_which_nothing_left_carries_the_copy_to_the_sender(api: Api) -> None:
    sent = api.send(api.create(INVOICE), copy_to_sender=True)
    api.happens(sent["id"], MessageEvent.FAILED, code="attachment_too_large")

    retry = api("POST", f"/v1/sends/{sent['id']}/retry").json

    roles = {recipient["role"]: recipient["address"] for recipient in retry["recipients"]}
    assert roles == {"to": "compta@dupont.example", "copy": "claire@atelier-durand.example"}


def test_retry_of_a_send_whose_copy_left_carries_none(api: Api) -> None:
    sent = api.send(api.create(INVOICE), copy_to_sender=True, separate=True)
    api.happens(sent["id"], MessageEvent.FAILED, n=0, code="mailbox_full")
    api.happens(sent["id"], MessageEvent.DELIVERED, n=1, index=0)

    retry = api("POST", f"/v1/sends/{sent['id']}/retry").json

    assert [recipient["role"] for recipient in retry["recipients"]] == ["to"]
