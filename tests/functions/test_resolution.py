"""Failures that are over, over HTTP: «Relancé», «Traité» and «À traiter»."""

from dataclasses import replace
from typing import Any

import pytest

from facteur.domain.identity import SendId
from facteur.domain.message import EventDetail, EventKey, MessageEvent
from facteur.domain.resolution import Resolution
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.settle import SettleSend
from tests.fakes import CONSOLE, telling
from tests.functions.calling import INVOICE, ORGANIZATION, STAFF_LIST, Api
from tests.functions.test_campaigns import MONTHLY, created
from tests.functions.test_retry_campaign import run

LONG = "Liste du personnel de l’équipe " + "x" * 180 + " {document_name} {document_name}"


def ends(api: Api, send_id: str, event: MessageEvent, *, n: int = 0) -> None:
    """Message ``n`` ends so, and a worker settles the Send."""
    detail = EventDetail(api.clock.now(), "mailbox_full")
    sends = api.store.sends(ORGANIZATION)
    sends.record_events(SendId(send_id), n, {EventKey(event): detail})
    SettleSend(
        store=api.store,
        cache=SendCache(api.store),
        outbox=api.outbox,
        ids=api.ids,
        clock=api.clock,
        console=CONSOLE,
        tell=telling(api.store, api.clock, api.hooks),
    ).settle(ORGANIZATION, SendId(send_id))


def failed(api: Api, number: str = "F-1") -> str:
    send_id: str = api.send(api.create(INVOICE | {"number": number}))["id"]
    ends(api, send_id, MessageEvent.FAILED)
    return send_id


def retried(api: Api, send_id: str) -> str:
    retry_id: str = api("POST", f"/v1/sends/{send_id}/retry").json["id"]
    return retry_id


def resolution(api: Api, send_id: str) -> Any:
    detail = api("GET", f"/v1/sends/{send_id}").json["resolution"]
    rows = api("GET", "/v1/sends").json["items"]
    (row,) = [each["resolution"] for each in rows if each["id"] == send_id]
    assert row == detail
    return detail


def ids(api: Api, **query: str) -> list[str]:
    return [row["id"] for row in api("GET", "/v1/sends", query=query).json["items"]]


@pytest.mark.feature("B37")
def test_failure_is_open_then_retried_once_its_retry_has_reached_everybody(api: Api) -> None:
    send_id = failed(api)
    assert resolution(api, send_id) == "open"

    retry_id = retried(api, send_id)
    assert (resolution(api, send_id), resolution(api, retry_id)) == ("open", None)
    ends(api, retry_id, MessageEvent.SENT)

    assert (resolution(api, send_id), resolution(api, retry_id)) == ("retried", None)


@pytest.mark.feature("B37")
def test_person_resolves_and_reopens_a_failure_as_often_as_they_like(api: Api) -> None:
    send_id = failed(api)

    first = api("POST", f"/v1/sends/{send_id}/resolve")
    again = api("POST", f"/v1/sends/{send_id}/resolve")
    assert (first.status, first.json["id"], first.json["resolution"]) == (200, send_id, "resolved")
    assert first.json == again.json
    reopened = [api("POST", f"/v1/sends/{send_id}/reopen") for _ in range(2)]

    assert [(each.status, each.json["resolution"]) for each in reopened] == [(200, "open")] * 2


@pytest.mark.feature("B37")
@pytest.mark.parametrize("action", ["resolve", "reopen"])
def test_send_that_has_not_failed_cannot_be_resolved(api: Api, action: str) -> None:
    send_id = api.send(api.create(INVOICE))["id"]

    answer = api("POST", f"/v1/sends/{send_id}/{action}", accept_language="fr")

    assert (answer.status, answer.json["code"]) == (409, "nothing_to_resolve")
    assert answer.json["detail"].startswith("Cet envoi n’est pas en échec")
    assert api("POST", f"/v1/sends/{'0' * 26}/{action}").status == 404


@pytest.mark.feature("B37")
def test_notice_is_not_in_the_history_and_cannot_be_resolved(api: Api) -> None:
    failed(api)
    (notice,) = [each for each in api.store.of(ORGANIZATION).sends if each not in ids(api)]

    assert api("POST", f"/v1/sends/{notice}/resolve").status == 404


@pytest.mark.feature("B37")
def test_filter_of_open_failures_combines_with_the_others(api: Api) -> None:
    first, second, third = (failed(api, number) for number in ("F-1", "F-2", "F-3"))
    api.send(api.create(STAFF_LIST, publish=True))
    api("POST", f"/v1/sends/{second}/resolve")

    assert ids(api, resolution="open") == [third, first]
    assert ids(api, resolution="open", status="failed", type="invoice") == [third, first]
    assert ids(api, resolution="open", q="F-3") == [third]
    assert ids(api, resolution="open", status="sent") == []
    assert ids(api, resolution="open", type="staff_list") == []
    assert ids(api, resolution="resolved") == [second]
    assert ids(api, status="failed") == [third, second, first]
    assert api("GET", "/v1/sends.csv", query={"resolution": "resolved"}).text.count(second) == 1


def test_resolution_that_there_is_not_is_refused(api: Api) -> None:
    answer = api("GET", "/v1/sends", query={"resolution": "closed"})

    assert answer.status == 422
    assert {field for field, _ in answer.problems} == {"resolution"}


@pytest.mark.feature("B37")
def test_last_send_of_a_campaign_says_that_its_failure_is_over(api: Api) -> None:
    campaign = created(api, recurrence=MONTHLY)
    row = run(api, campaign)
    for n in range(row["recipient_count"]):
        ends(api, row["id"], MessageEvent.FAILED, n=n)

    def last() -> Any:
        return api("GET", f"/v1/campaigns/{campaign['id']}").json["last_send"]

    assert (last()["status"], last()["resolution"]) == ("failed", "open")
    assert last()["failed_count"] == last()["recipient_count"] == row["recipient_count"]
    ends(api, retried(api, row["id"]), MessageEvent.SENT)

    assert (last()["id"], last()["status"], last()["resolution"]) == (
        row["id"],
        "failed",
        "retried",
    )


def too_long(api: Api) -> tuple[dict[str, Any], Any]:
    """A campaign whose subject has become too long, and its failed Send."""
    document = api.create(STAFF_LIST, publish=True)
    campaign = created(api, document_ids=[document], subject=LONG, recurrence=MONTHLY)
    stored = api("GET", f"/v1/documents/{document}").json
    renamed = stored | {"name": "Équipe de nuit du chantier de la gare"}
    assert api("PUT", f"/v1/documents/{document}", renamed).status == 200
    return campaign, run(api, campaign)


@pytest.mark.feature("B6")
def test_retry_of_a_message_that_was_too_long_takes_the_present_one(api: Api) -> None:
    campaign, row = too_long(api)
    assert row["error"]["code"] == "message_invalid"
    path = f"/v1/campaigns/{campaign['id']}"
    api("PUT", path, api("GET", path).json | {"subject": "Liste - {document_name}"})

    retry = api("POST", f"/v1/sends/{row['id']}/retry").json

    assert retry["subject"] == "Liste - Équipe de nuit du chantier de la gare"
    assert retry["documents"][0]["name"] == "Équipe de nuit du chantier de la gare"


@pytest.mark.feature("B6")
def test_retry_of_a_message_that_is_still_too_long_says_what_to_do(api: Api) -> None:
    campaign, row = too_long(api)
    path = f"/v1/sends/{row['id']}/retry"

    still = api("POST", path)
    api("DELETE", f"/v1/campaigns/{campaign['id']}")
    gone = api("POST", path)

    assert (still.status, still.json["code"]) == (409, "campaign_message_invalid")
    assert (gone.status, gone.json["code"]) == (409, "campaign_message_gone")
    assert api("GET", f"/v1/sends/{row['id']}").json["retried_by"] == []


@pytest.mark.feature("B37")
def test_failure_that_an_earlier_version_retried_is_over_once_it_is_looked_at(api: Api) -> None:
    first, second = failed(api, "F-1"), failed(api, "F-2")
    for each in (first, second):
        ends(api, retried(api, each), MessageEvent.SENT)
    rows = api.store.of(ORGANIZATION).rows
    for each in (first, second):
        # What version 0.1.0 stored of a failure that had been retried with success.
        rows[SendId(each)] = replace(rows[SendId(each)], by_retries=None)

    assert api("GET", f"/v1/sends/{first}").json["resolution"] == "retried"
    assert ids(api, resolution="open") == []

    assert {rows[SendId(each)].by_retries for each in (first, second)} == {Resolution.RETRIED}


def test_failure_of_which_only_a_part_was_retried_is_left_as_it_is(api: Api) -> None:
    send_id = api.send(api.create(INVOICE), cc="b@dupont.example", separate=True)["id"]
    ends(api, send_id, MessageEvent.FAILED, n=0)
    ends(api, send_id, MessageEvent.SENT, n=1)
    ends(api, retried(api, send_id), MessageEvent.SENT)
    ends(api, send_id, MessageEvent.HARD_BOUNCED, n=1)
    before = api.store.of(ORGANIZATION).rows[SendId(send_id)]

    assert ids(api, resolution="open") == [send_id]

    assert api.store.of(ORGANIZATION).rows[SendId(send_id)] == before
