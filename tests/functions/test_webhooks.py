"""Webhooks over HTTP, as an administrator edits them."""

from datetime import timedelta
from typing import Any

import pytest

from facteur.domain.webhook import MAX_WEBHOOKS
from tests.functions.calling import ORGANIZATION, STAFF_LIST, Api
from tests.functions.test_campaigns import MONDAYS
from tests.functions.test_campaigns import created as campaign_of

URL = "https://erp.atelier-durand.example/facteur"


def created(api: Api, **changes: Any) -> dict[str, Any]:
    answer = api("POST", "/v1/webhooks", {"url": URL, "events": ["send.sent"], **changes})
    assert answer.status == 201, answer.text
    webhook: dict[str, Any] = answer.json
    return webhook


@pytest.mark.feature("B41")
def test_secret_is_shown_once_and_never_again(api: Api) -> None:
    webhook = created(api)
    path = f"/v1/webhooks/{webhook['id']}"

    answers = [
        api("GET", "/v1/webhooks"),
        api("GET", path),
        api("PUT", path, {"url": URL, "events": ["send.sent"], "enabled": True, "version": 1}),
        api("POST", f"{path}/test"),
        api("GET", f"{path}/deliveries"),
    ]

    assert webhook["secret"].startswith("whsec_")
    assert all(answer.status < 300 for answer in answers)
    assert all("whsec_" not in answer.text for answer in answers)


@pytest.mark.feature("B15", "B41")
def test_repeated_request_makes_one_webhook_and_does_not_repeat_the_secret(api: Api) -> None:
    body = {"url": URL, "events": ["send.sent"]}

    first = api("POST", "/v1/webhooks", body, idempotency_key="k").json
    again = api("POST", "/v1/webhooks", body, idempotency_key="k").json

    assert (again["id"], again["secret"]) == (first["id"], None)
    assert len(api("GET", "/v1/webhooks").json["items"]) == 1


def test_every_problem_is_named_at_once(api: Api) -> None:
    answer = api(
        "POST", "/v1/webhooks", {"url": "http://x.example", "events": ["send.gone"], "token": "x"}
    )

    assert answer.status == 422
    assert answer.problems == {
        ("url", "webhook_url_not_https"),
        ("events.0", "not_allowed"),
        ("token", "unknown_field"),
    }


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ({}, {("url", "required"), ("events", "required")}),
        ({"url": URL, "events": []}, {("events", "too_few")}),
        ({"url": "", "events": ["send.sent"]}, {("url", "webhook_url_invalid")}),
        ({"url": f"{URL}/{'x' * 500}", "events": ["send.sent"]}, {("url", "too_long")}),
        (
            {"url": 1, "events": "send.sent"},
            {("url", "text_expected"), ("events", "list_expected")},
        ),
        (
            {"url": "https://10.0.0.1/", "events": ["send.sent"]},
            {("url", "webhook_url_not_public")},
        ),
        (
            {"url": URL, "events": ["send.sent"], "enabled": "yes"},
            {("enabled", "boolean_expected")},
        ),
    ],
)
def test_bad_input_is_refused_by_field(
    api: Api, body: dict[str, Any], problems: set[tuple[str, str]]
) -> None:
    answer = api("POST", "/v1/webhooks", body)

    assert (answer.status, answer.problems) == (422, problems)
    assert api.store.of(ORGANIZATION).webhooks == {}


def test_edit_needs_the_version_read(api: Api) -> None:
    path = f"/v1/webhooks/{created(api)['id']}"
    body = {"url": URL, "events": ["send.failed", "send.failed"], "enabled": False, "version": 1}

    first, second = api("PUT", path, body), api("PUT", path, body)

    assert (first.json["events"], first.json["enabled"]) == (["send.failed"], False)
    assert (second.status, second.json["code"]) == (409, "version_conflict")


def test_answer_may_be_sent_back_as_it_was_read(api: Api) -> None:
    created(api)
    [read] = api("GET", "/v1/webhooks").json["items"]

    assert api("PUT", f"/v1/webhooks/{read['id']}", read).status == 200


def test_webhooks_of_an_organization_are_few(api: Api) -> None:
    for _ in range(MAX_WEBHOOKS):
        created(api)

    answer = api("POST", "/v1/webhooks", {"url": URL, "events": ["send.sent"]})

    assert (answer.status, answer.json["code"]) == (409, "too_many_webhooks")


def test_deleted_webhook_is_gone(api: Api) -> None:
    path = f"/v1/webhooks/{created(api)['id']}"

    assert api("DELETE", path).status == 204
    assert [api("GET", path).status, api("DELETE", path).status] == [404, 404]
    assert api("POST", f"{path}/test").json["code"] == "webhook_not_found"


@pytest.mark.feature("B15", "B41")
def test_test_event_is_listed_and_enqueued_once_for_a_repeated_request(api: Api) -> None:
    path = f"/v1/webhooks/{created(api)['id']}"

    first = api("POST", f"{path}/test", idempotency_key="t").json
    again = api("POST", f"{path}/test", idempotency_key="t").json

    assert first == again
    assert first["event"] == "webhook.test"
    assert [message.hook for message in api.hooks.messages] == [first["id"]]
    assert api("GET", f"{path}/deliveries").json["items"] == [first]


@pytest.mark.feature("B41")
def test_deliveries_are_paged_and_replayed_under_the_same_id(api: Api) -> None:
    webhook = created(api, events=["send.sent", "campaign.paused"])
    path = f"/v1/webhooks/{webhook['id']}"
    ids = []
    for _ in range(3):
        ids.append(api("POST", f"{path}/test").json["id"])
        api.clock.advance(timedelta(minutes=1))

    first = api("GET", f"{path}/deliveries", query={"limit": "2"}).json
    rest = api("GET", f"{path}/deliveries", query={"limit": "2", "cursor": first["next"]}).json
    replayed = api("POST", f"{path}/deliveries/{ids[0]}/replay")

    assert [one["id"] for one in first["items"] + rest["items"]] == ids[::-1]
    assert (replayed.status, replayed.json["id"]) == (202, ids[0])
    assert api.hooks.messages[-1].hook == ids[0]


@pytest.mark.parametrize("hook", ["01KBX6F9J1P5T8W2Y4SC3VRQNK", "x", "%2e%2e"])
def test_unknown_delivery_is_not_replayed(api: Api, hook: str) -> None:
    path = f"/v1/webhooks/{created(api)['id']}"

    answer = api("POST", f"{path}/deliveries/{hook}/replay")

    assert (answer.status, answer.json["code"]) == (404, "delivery_not_found")


@pytest.mark.feature("B20")
def test_another_organization_sees_none_of_it(api: Api) -> None:
    webhook = created(api)
    hook = api("POST", f"/v1/webhooks/{webhook['id']}/test").json["id"]
    other = api.as_user(**{"custom:organization": "autre"})
    path = f"/v1/webhooks/{webhook['id']}"

    assert other("GET", "/v1/webhooks").json["items"] == []
    assert other("GET", path).status == 404
    assert other("POST", f"{path}/rotate").status == 404
    assert other("GET", f"{path}/deliveries").status == 404
    assert other("POST", f"{path}/deliveries/{hook}/replay").status == 404
    assert other("DELETE", path).status == 404


@pytest.mark.feature("B41")
def test_pause_by_a_person_is_told_to_those_that_want_it(api: Api) -> None:
    wants = created(api, events=["campaign.paused"])
    created(api, events=["send.sent"])
    off = created(api, events=["campaign.paused"])
    body = {"url": URL, "events": ["campaign.paused"], "enabled": False, "version": 1}
    api("PUT", f"/v1/webhooks/{off['id']}", body)
    document = api.create(STAFF_LIST, publish=True)
    campaign = campaign_of(api, document_ids=[document], recurrence=MONDAYS)

    api("POST", f"/v1/campaigns/{campaign['id']}/pause")
    api("POST", f"/v1/campaigns/{campaign['id']}/pause")

    [message] = api.hooks.messages
    [delivery] = api("GET", f"/v1/webhooks/{wants['id']}/deliveries").json["items"]
    assert (message.webhook, message.hook) == (wants["id"], delivery["id"])
    assert delivery["event"] == "campaign.paused"
    assert campaign["id"] in delivery["body"]
    assert campaign["name"] not in delivery["body"]
