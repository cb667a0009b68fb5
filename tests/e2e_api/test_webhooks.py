"""Host applications learn what becomes of mail: webhooks, delivered on this machine for real."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.e2e_api.facteur import INVOICE, Facteur
from tests.support.receiver import Answers, Received, receiver

ALL = [
    "send.sent",
    "send.failed",
    "recipient.delivered",
    "recipient.bounced",
    "recipient.complained",
    "campaign.paused",
    "campaign.completed",
    "occurrence.missed",
]


@pytest.fixture
def host() -> Iterator[Answers]:
    """A host application that listens."""
    with receiver() as answers:
        yield answers


def webhook_to(facteur: Facteur, host: Answers, *events: str) -> dict[str, Any]:
    body = {"url": f"{host.url}/facteur", "events": list(events or ALL)}
    created: dict[str, Any] = facteur.call("POST", "/v1/webhooks", body, status=201)
    return created


def sent(facteur: Facteur, to: str, *, number: str = "F-2041-0142") -> str:
    document = facteur.document(INVOICE | {"number": number})
    body = {"document_ids": [document], "to": to}
    send: str = facteur.call("POST", "/v1/sends", body, status=202)["id"]
    facteur.advance("PT1M")
    return send


def told(host: Answers) -> list[tuple[str, dict[str, Any]]]:
    """Type and data of each event, without those that came again."""
    by_id = {one.headers["webhook-id"]: json.loads(one.body) for one in host.requests}
    return [(event["type"], event["data"]) for event in by_id.values()]


def verified(request: Received, secret: str) -> Any:
    """What the reference library makes of a request. Raises if the signature is wrong."""
    return Webhook(secret).verify(request.body, dict(request.headers))


@pytest.mark.feature("B41")
def test_a_host_is_told_what_becomes_of_a_send_with_signatures_it_can_verify(
    facteur: Facteur, host: Answers
) -> None:
    secret = webhook_to(facteur, host)["secret"]

    send = sent(facteur, "success@simulator.amazonses.com")

    events = {event["type"]: event for event in (verified(r, secret) for r in host.requests)}
    assert set(events) == {"send.sent", "recipient.delivered"}
    assert events["send.sent"]["data"]["send_id"] == send
    place = events["recipient.delivered"]["data"]["recipient"]
    recipients = facteur.call("GET", f"/v1/sends/{send}")["recipients"]
    assert recipients[place]["outcome"] == "delivered"
    assert all("@" not in request.body.decode() for request in host.requests)


@pytest.mark.feature("B41")
def test_a_host_is_told_of_a_bounce_of_a_campaign_that_ends_and_of_a_missed_occurrence(
    facteur: Facteur, host: Answers
) -> None:
    webhook_to(facteur, host)
    document = facteur.document()
    facteur.campaign(document, recurrence={"kind": "none"})
    facteur.advance("PT1M")
    weekly = facteur.campaign(document)
    facteur.call("POST", f"/v1/campaigns/{weekly['id']}/pause")
    bounced = sent(facteur, "bounce@simulator.amazonses.com")

    events = told(host)

    assert ("campaign.paused", weekly["id"]) in [(t, d.get("campaign_id")) for t, d in events]
    assert "campaign.completed" in [kind for kind, _ in events]
    of_bounce = {kind for kind, data in events if data.get("send_id") == bounced}
    assert of_bounce == {"send.sent", "send.failed", "recipient.bounced"}


@pytest.mark.feature("B41")
def test_a_host_that_fails_is_told_again_under_the_same_id_until_it_answers(
    facteur: Facteur, host: Answers
) -> None:
    webhook = webhook_to(facteur, host, "send.sent")
    host.fails(500, 503, 404, 302)

    sent(facteur, "success@simulator.amazonses.com")
    facteur.advance("PT3H")

    deliveries = facteur.call("GET", f"/v1/webhooks/{webhook['id']}/deliveries")["items"]
    assert len({request.headers["webhook-id"] for request in host.requests}) == 1
    assert len({request.body for request in host.requests}) == 1
    assert [one["status"] for one in deliveries[0]["attempts"]] == [500, 503, 404, 302, 200]
    assert deliveries[0]["state"] == "delivered"
    assert deliveries[0]["attempts"][-1]["answer"] == "merci"


@pytest.mark.feature("B41")
def test_after_three_days_without_success_it_is_disabled_and_administrators_are_mailed(
    facteur: Facteur, host: Answers
) -> None:
    webhook = webhook_to(facteur, host, "send.sent")
    host.usual = (500, "panne", {})

    sent(facteur, "success@simulator.amazonses.com")
    facteur.advance("P3DT1H")

    disabled = facteur.call("GET", f"/v1/webhooks/{webhook['id']}")
    deliveries = facteur.call("GET", f"/v1/webhooks/{webhook['id']}/deliveries")["items"]
    notices = [mail for mail in facteur.mails() if "webhook" in mail.subject]
    assert (disabled["enabled"], disabled["disabled_reason"]) == (False, "unreachable")
    assert deliveries[0]["state"] == "failed"
    assert len(deliveries[0]["attempts"]) == 12
    assert len(notices) == 1


@pytest.mark.feature("B41")
def test_a_host_that_is_gone_gets_nothing_more_until_it_is_enabled_and_replayed(
    facteur: Facteur, host: Answers
) -> None:
    webhook = webhook_to(facteur, host, "send.sent")
    path = f"/v1/webhooks/{webhook['id']}"
    host.fails(410)

    sent(facteur, "success@simulator.amazonses.com")
    sent(facteur, "success@simulator.amazonses.com", number="F-2041-0143")
    gone = facteur.call("GET", path)
    count = len(host.requests)
    body = {name: gone[name] for name in ("url", "events", "version")} | {"enabled": True}
    facteur.call("PUT", path, body)
    [first] = facteur.call("GET", f"{path}/deliveries")["items"]
    facteur.call("POST", f"{path}/deliveries/{first['id']}/replay", status=202)
    facteur.advance("PT5S")

    assert (gone["enabled"], gone["disabled_reason"], count) == (False, "gone", 1)
    assert len(host.requests) == 2
    assert host.requests[0].headers["webhook-id"] == host.requests[1].headers["webhook-id"]


@pytest.mark.feature("B41")
def test_a_test_event_arrives_and_both_secrets_sign_after_a_rotation(
    facteur: Facteur, host: Answers
) -> None:
    webhook = webhook_to(facteur, host, "send.sent")
    path = f"/v1/webhooks/{webhook['id']}"

    secret = facteur.call("POST", f"{path}/rotate")["secret"]
    facteur.call("POST", f"{path}/test", status=202)
    facteur.advance("PT5S")

    [request] = host.requests
    assert verified(request, secret)["type"] == "webhook.test"
    assert verified(request, webhook["secret"])["type"] == "webhook.test"
    assert "secret" not in facteur.call("GET", path)


@pytest.mark.feature("B3", "B41")
def test_a_host_is_told_of_an_occurrence_that_nobody_made_in_time(
    facteur: Facteur, host: Answers
) -> None:
    webhook_to(facteur, host, "occurrence.missed", "send.failed", "send.sent")
    campaign = facteur.campaign(facteur.document())
    facteur.move_to("2041-01-21T06:00:00Z")
    facteur.stop()
    facteur.sleep_until("2041-01-24T07:00:00Z")

    facteur.start()
    facteur.advance("PT30M")

    [missed] = facteur.history()
    assert sorted((kind, data["send_id"]) for kind, data in told(host)) == [
        ("occurrence.missed", missed["id"]),
        ("send.failed", missed["id"]),
    ]
    assert {data["campaign_id"] for _, data in told(host)} == {campaign["id"]}


def _wait_until_it_listens(program: subprocess.Popen[str], port: int) -> None:
    while program.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            continue
        return
    raise AssertionError("the program has ended")


@pytest.mark.feature("B41")
def test_receiver_of_the_readme_verifies_what_it_is_told(facteur: Facteur, tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    shown = readme.partition("<!-- receiver -->\n```python\n")[2].partition("```")[0]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "receiver.py").write_text(shown.replace("9000", str(port)))
    body = {"url": f"http://127.0.0.1:{port}/", "events": ["send.sent"]}
    webhook = facteur.call("POST", "/v1/webhooks", body, status=201)

    with subprocess.Popen(  # noqa: S603 - the program that is shown
        [sys.executable, str(tmp_path / "receiver.py"), webhook["secret"]],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        _wait_until_it_listens(program, port)
        sent(facteur, "success@simulator.amazonses.com")
        assert program.stdout is not None
        line = program.stdout.readline()
        program.terminate()

    assert len([line for line in shown.splitlines() if line]) <= 10
    assert "'type': 'send.sent'" in line
