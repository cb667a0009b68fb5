"""Groups of recipients over HTTP, and sends and campaigns to them."""

from typing import Any

import pytest

from facteur.domain.identity import CampaignId
from facteur.domain.message import Outcome
from tests.functions.calling import INVOICE, ORGANIZATION, STAFF_LIST, Answer, Api
from tests.functions.test_campaigns import MONTHLY, UNKNOWN, a_campaign, created, put
from tests.functions.test_retry_campaign import run

ZOE, PAUL = "zoe@x.example", "paul@x.example"


def group_of(*addresses: str, name: str = "Clients de Lyon") -> dict[str, Any]:
    return {"name": name, "addresses": [{"address": one, "name": ""} for one in addresses]}


def made(api: Api, *addresses: str, name: str = "Clients de Lyon") -> Any:
    answer = api("POST", "/v1/groups", group_of(*addresses, name=name))
    assert answer.status == 201, answer.text
    return answer.json


def send(api: Api, document_id: str, **fields: object) -> Answer:
    body = {"document_ids": [document_id], "to": "compta@dupont.example", **fields}
    return api("POST", "/v1/sends", body)


def envelope_of(preview: Any) -> list[str]:
    return [address for message in preview["messages"] for address in message["envelope"]]


@pytest.mark.feature("B34")
def test_a_group_is_created_changed_listed_and_deleted(api: Api) -> None:
    group = made(api, ZOE, PAUL)
    path = f"/v1/groups/{group['id']}"
    changed = group | {"name": "Clients", "addresses": [{"address": ZOE, "name": "Zoé Łukasz"}]}

    read = api("GET", path)
    replaced = api("PUT", path, changed)
    conflict = api("PUT", path, changed)
    listed = api("GET", "/v1/groups").json
    deleted = api("DELETE", path)

    assert (group["count"], group["version"]) == (2, 1)
    assert read.json == group
    assert (replaced.status, replaced.json["count"], replaced.json["version"]) == (200, 1, 2)
    assert replaced.json["addresses"] == [{"address": ZOE, "name": "Zoé Łukasz"}]
    assert (conflict.status, conflict.json["code"]) == (409, "version_conflict")
    assert [(row["name"], row["count"]) for row in listed["items"]] == [("Clients", 1)]
    assert "addresses" not in listed["items"][0]
    assert (deleted.status, api("GET", path).status) == (204, 404)
    assert api("GET", "/v1/groups").json == {"items": [], "next": None, "previous": None}


@pytest.mark.feature("B15", "B34")
def test_a_repeated_request_makes_one_group(api: Api) -> None:
    body = group_of(ZOE)

    first = api("POST", "/v1/groups", body, idempotency_key="k1")
    api("PUT", f"/v1/groups/{first.json['id']}", first.json | {"name": "Autres"})
    again = api("POST", "/v1/groups", body, idempotency_key="k1")
    other = api("POST", "/v1/groups", group_of(PAUL), idempotency_key="k1")

    assert again.json == first.json
    assert (other.status, other.problems) == (422, {("Idempotency-Key", "idempotency_key_reused")})
    assert len(api("GET", "/v1/groups").json["items"]) == 1


def test_everything_wrong_with_a_group_is_named_at_once(api: Api) -> None:
    body = {"addresses": [{"address": ZOE}, {"address": "zoe"}], "colour": "red"}

    answer = api("POST", "/v1/groups", body)

    assert answer.status == 422
    assert answer.problems == {
        ("name", "required"),
        ("addresses.1.address", "address_invalid"),
        ("colour", "unknown_field"),
    }


def test_a_second_group_of_a_name_is_refused(api: Api) -> None:
    made(api, ZOE)

    answer = api("POST", "/v1/groups", group_of(PAUL, name="clients  de LYON"))

    assert (answer.status, answer.json["code"]) == (409, "group_name_taken")


@pytest.mark.feature("B34")
def test_a_group_is_written_to_as_blind_copies_and_nobody_twice(api: Api) -> None:
    group = made(api, ZOE, PAUL, "COMPTA@dupont.example")
    document_id = api.create(INVOICE)
    fields: dict[str, Any] = {"cc": PAUL, "groups": [group["id"], group["id"]]}

    preview = api("POST", "/v1/preview", {"document_ids": [document_id], "to": ZOE, **fields})
    sent = send(api, document_id, **fields).json

    assert (sent["to"], sent["cc"]) == (["compta@dupont.example"], [PAUL])
    assert sent["bcc"] == [ZOE]
    assert envelope_of(preview.json) == [ZOE, PAUL, "COMPTA@dupont.example"]
    assert preview.json["messages"][0]["to_header"] == ZOE


def test_a_send_to_too_many_through_groups_is_refused_and_names_them(api: Api) -> None:
    groups = [made(api, *(f"{n}-{g}@x.example" for n in range(600)), name=f"{g}") for g in "ab"]
    document_id = api.create(INVOICE)

    answer = send(api, document_id, groups=[group["id"] for group in groups])
    one = send(api, document_id, groups=[groups[0]["id"]])

    assert (answer.status, answer.problems) == (422, {("groups", "too_many_addresses")})
    assert one.status == 202
    assert one.json["recipient_count"] == 601


@pytest.mark.parametrize("group_id", [UNKNOWN, "no id", "x" * 5_000])
def test_a_group_that_does_not_exist_is_named(api: Api, group_id: str) -> None:
    answers = [
        send(api, api.create(INVOICE), groups=[group_id]),
        api("POST", "/v1/campaigns", a_campaign(api, groups=[group_id])),
    ]

    assert [answer.status for answer in answers] == [422, 422]
    assert all(answer.problems == {("groups", "group_not_found")} for answer in answers)


@pytest.mark.feature("B34")
def test_a_campaign_writes_to_its_groups_as_they_are_at_its_time(api: Api) -> None:
    group = made(api, ZOE)
    campaign = created(api, recipients=[], groups=[group["id"]], recurrence=MONTHLY)
    changed = {"addresses": [{"address": PAUL}, {"address": "ana@x.example"}]}
    api("PUT", f"/v1/groups/{group['id']}", group | changed)

    row = run(api, campaign)

    assert (campaign["recipients"], campaign["groups"]) == ([], [group["id"]])
    assert [one["address"] for one in row["recipients"]] == [PAUL, "ana@x.example"]
    assert {one["role"] for one in row["recipients"]} == {"bcc"}
    read = api("GET", f"/v1/campaigns/{campaign['id']}").json
    assert read["groups"] == [group["id"]]


def test_a_campaign_without_anybody_is_refused(api: Api) -> None:
    body = a_campaign(api)
    del body["recipients"]

    answer = api("POST", "/v1/campaigns", body)

    assert (answer.status, answer.problems) == (422, {("recipients", "required")})


@pytest.mark.feature("B34")
def test_a_group_in_use_cannot_be_deleted_until_no_campaign_uses_it(api: Api) -> None:
    group = made(api, ZOE)
    campaign = created(api, name="Relances", groups=[group["id"]])
    copy = api("POST", f"/v1/campaigns/{campaign['id']}/duplicate").json
    path = f"/v1/groups/{group['id']}"

    in_use = api("DELETE", path)
    put(api, campaign, groups=[])
    still = api("DELETE", path)
    api("DELETE", f"/v1/campaigns/{copy['id']}")
    deleted = api("DELETE", path)

    assert copy["groups"] == [group["id"]]
    assert (in_use.status, in_use.json["code"]) == (409, "group_in_use")
    assert "Relances" in in_use.json["detail"]
    assert (still.status, deleted.status) == (409, 204)


@pytest.mark.feature("B34")
def test_a_campaign_whose_group_is_gone_fails_and_says_what_to_do(api: Api) -> None:
    group = made(api, ZOE)
    campaign = created(api, groups=[group["id"]])
    # As by a deletion that runs beside the creation of the campaign.
    api.store.groups(ORGANIZATION).delete(group["id"])

    row = run(api, campaign)
    detail = api("GET", f"/v1/sends/{row['id']}").json
    retry = api("POST", f"/v1/sends/{row['id']}/retry")
    now = api("POST", f"/v1/campaigns/{campaign['id']}/run")

    assert (row["status"], row["error"]["code"]) == ("failed", "group_unavailable")
    assert detail["recipients"] == []
    assert (retry.status, retry.json["code"]) == (409, "nothing_to_retry")
    assert (now.status, now.json["code"]) == (409, "group_unavailable")


@pytest.mark.feature("B34")
def test_a_campaign_whose_groups_have_grown_too_large_fails_and_says_what_to_do(api: Api) -> None:
    group = made(api, ZOE)
    campaign = created(api, groups=[group["id"]], recipients=[PAUL])
    many = [{"address": f"a{n}@x.example"} for n in range(1_000)]
    api("PUT", f"/v1/groups/{group['id']}", group | {"addresses": many})

    row = run(api, campaign)
    now = api("POST", f"/v1/campaigns/{campaign['id']}/run")

    assert (row["status"], row["error"]["code"]) == ("failed", "too_many_recipients")
    assert row["recipient_count"] == 0
    assert (now.status, now.json["code"]) == (409, "too_many_recipients")


def test_a_test_of_a_campaign_goes_to_the_sender_alone(api: Api) -> None:
    group = made(api, ZOE)
    campaign = created(api, groups=[group["id"]])

    answer = api("POST", f"/v1/campaigns/{campaign['id']}/test")

    assert answer.status == 202
    assert [(message.campaign, message.is_test) for message in api.due.messages] == [
        (CampaignId(campaign["id"]), True)
    ]


@pytest.mark.feature("B34")
def test_the_preview_of_a_campaign_shows_whom_its_groups_have_now(api: Api) -> None:
    group = made(api, ZOE, PAUL)
    body = a_campaign(api, recipients="", groups=[group["id"]], separate=True)

    preview = api("POST", "/v1/preview", body)

    assert preview.status == 200, preview.text
    assert [message["envelope"] for message in preview.json["messages"]] == [[ZOE], [PAUL]]


@pytest.mark.feature("B20")
def test_a_group_of_another_organization_does_not_exist(api: Api) -> None:
    group = made(api, ZOE)
    stranger = api.as_user(**{"custom:organization": "autre", "sub": "u2"})
    document_id = stranger.create(STAFF_LIST, publish=True)

    answers = [
        send(stranger, document_id, groups=[group["id"]]),
        stranger(
            "POST",
            "/v1/campaigns",
            a_campaign(stranger, document_ids=[document_id], groups=[group["id"]]),
        ),
    ]

    assert all(answer.problems == {("groups", "group_not_found")} for answer in answers)
    assert all(ZOE not in answer.text for answer in answers)
    assert Outcome.QUEUED.value not in answers[0].text
