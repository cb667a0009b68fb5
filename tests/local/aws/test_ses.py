"""SES as ``deliver`` uses it: what it accepts and refuses, and the events it publishes."""

import email
import email.policy
import json
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from tests.local.conftest import Running

SOURCE = (
    b"From: Durand <demo@atelier-durand.example>\r\nTo: a@x.example\r\nSubject: Facture\r\n"
    b"Date: Thu, 01 Jan 1970 00:00:00 +0000\r\nMessage-ID:\r\n <ours@x.example>\r\n\r\nBonjour\r\n"
)


def post(running: Running, *to: str, source: bytes = SOURCE, **changes: Any) -> str:
    ses = running.session.client("sesv2", config=Config(retries={"total_max_attempts": 1}))
    request = {
        "Destination": {"ToAddresses": list(to) or ["a@x.example"]},
        "Content": {"Raw": {"Data": source}},
        "ConfigurationSetName": "facteur-local-Set",
        "EmailTags": [
            {"Name": "org", "Value": "atelier-durand"},
            {"Name": "send", "Value": "01SEND"},
            {"Name": "message", "Value": "0"},
        ],
        **changes,
    }
    return str(ses.send_email(**request)["MessageId"])


@pytest.fixture
def ready(running: Running) -> Running:
    """A system in which the demo organization may send, after SES's validation message."""
    running.sign_in()
    running.advance("PT1S")
    return running


def fault(running: Running, service: str, name: str, count: int = 1) -> None:
    body = {"service": service, "fault": name, "count": count}
    assert running.http.post("/local/faults", json=body).status_code == 200


def events(running: Running) -> list[str]:
    """Types of the events published so far, in order."""
    running.advance("PT5S")
    bodies = [row["body"] for row in running.rows("EVENTS")]
    return [json.loads(body)["eventType"] for body in bodies if body.startswith("{")]


def mails(running: Running) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = running.http.get("/local/mailbox").json()
    return found


@pytest.mark.feature("B19")
def test_accepted_mail_is_captured_with_its_envelope(ready: Running) -> None:
    message_id = post(ready, "a@x.example", "hidden@x.example")

    [mail] = mails(ready)
    assert mail["id"] == message_id
    assert mail["from"] == "demo@atelier-durand.example"
    assert mail["to"] == ["a@x.example", "hidden@x.example"]
    assert (mail["subject"], mail["send_id"]) == ("Facture", "01SEND")


def test_captured_source_has_the_date_and_message_id_of_ses(ready: Running) -> None:
    message_id = post(ready)

    response = ready.http.get(f"/local/mailbox/{message_id}")

    message = email.message_from_bytes(response.content, policy=email.policy.default)
    assert response.headers["content-type"] == "message/rfc822"
    assert message.get_all("Message-ID") == [f"<{message_id}@eu-west-3.amazonses.com>"]
    assert len(message.get_all("Date") or []) == 1
    assert "1970" not in str(message["Date"])
    assert response.content.endswith(b"Subject: Facture\r\n\r\nBonjour\r\n")


@pytest.mark.feature("B19")
def test_newest_mail_comes_first_and_the_mailbox_can_be_emptied(ready: Running) -> None:
    first, second = post(ready), post(ready)

    listed = [mail["id"] for mail in mails(ready)]
    emptied = ready.http.delete("/local/mailbox").status_code

    assert (listed, emptied) == ([second, first], 204)
    assert mails(ready) == []
    assert ready.http.get(f"/local/mailbox/{first}").status_code == 404


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("a@x.example", ["Send", "Delivery"]),
        ("success@simulator.amazonses.com", ["Send", "Delivery"]),
        ("bounce+label@simulator.amazonses.com", ["Send", "Bounce"]),
        ("suppressionlist@simulator.amazonses.com", ["Send", "Bounce"]),
        ("complaint@simulator.amazonses.com", ["Send", "Delivery", "Complaint"]),
        ("ooto@simulator.amazonses.com", ["Send", "Delivery", "Bounce"]),
    ],
)
def test_each_simulator_address_has_its_own_events(
    ready: Running, address: str, expected: list[str]
) -> None:
    post(ready, address)

    assert events(ready) == expected


def test_event_names_the_message_by_its_tags(ready: Running) -> None:
    message_id = post(ready)

    ready.advance("PT5S")

    event = json.loads(ready.rows("EVENTS")[-1]["body"])
    assert event["mail"]["messageId"] == message_id
    assert event["mail"]["tags"]["send"] == ["01SEND"]
    assert event["mail"]["tags"]["ses:configuration-set"] == ["facteur-local-Set"]
    assert event["delivery"]["recipients"] == ["a@x.example"]


@pytest.mark.feature("B19")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("drop", []),
        ("duplicate", ["Send", "Send", "Delivery", "Delivery"]),
        ("reorder", ["Delivery", "Send"]),
    ],
)
def test_events_can_be_lost_repeated_or_out_of_order(
    ready: Running, name: str, expected: list[str]
) -> None:
    fault(ready, "events", name, 2)

    post(ready)
    first = events(ready)
    post(ready)

    assert first == expected
    assert events(ready) == [*expected, "Send", "Delivery"]


@pytest.mark.feature("B19")
def test_throttled_call_captures_nothing_and_the_next_one_passes(ready: Running) -> None:
    fault(ready, "ses", "throttle")

    with pytest.raises(ClientError, match="TooManyRequestsException"):
        post(ready)
    post(ready)

    assert len(mails(ready)) == 1


@pytest.mark.feature("B19")
def test_time_out_after_acceptance_looks_ambiguous_and_the_mail_is_there(ready: Running) -> None:
    fault(ready, "ses", "timeout_after_accept")

    with pytest.raises(ReadTimeoutError):
        post(ready)

    assert len(mails(ready)) == 1
    assert events(ready) == ["Send", "Delivery"]


@pytest.mark.feature("B19")
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("timeout_before_accept", ConnectTimeoutError),
        ("error_500", ClientError),
        ("reject", ClientError),
    ],
)
def test_other_faults_capture_nothing(ready: Running, name: str, error: type[Exception]) -> None:
    fault(ready, "ses", name)

    with pytest.raises(error):
        post(ready)

    assert mails(ready) == []


@pytest.mark.feature("B19")
def test_faults_are_listed_counted_down_and_cleared(ready: Running) -> None:
    fault(ready, "ses", "throttle", 3)
    with pytest.raises(ClientError):
        post(ready)

    listed = ready.http.get("/local/faults").json()
    fault(ready, "ses", "throttle", 0)

    assert listed == [{"service": "ses", "fault": "throttle", "count": 2}]
    assert ready.http.get("/local/faults").json() == []


@pytest.mark.parametrize(
    "body", [{}, {"service": "ses", "fault": "fire"}, {"service": "x", "fault": "drop"}, [1]]
)
def test_unknown_fault_is_refused(ready: Running, body: object) -> None:
    refused = ready.http.post("/local/faults", json=body)

    assert refused.status_code == 422
    assert "events drop|duplicate|reorder" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("path", "wanted"), [("login", '"email"'), ("clock", '"advance"'), ("faults", '"count"')]
)
def test_a_refusal_shows_what_is_wanted(ready: Running, path: str, wanted: str) -> None:
    refused = ready.http.post(f"/local/{path}", content=b"no")

    assert refused.status_code == 422
    assert wanted in refused.json()["detail"]


@pytest.mark.parametrize(
    ("to", "changes"),
    [
        ([f"r{n}@x.example" for n in range(51)], {}),
        (["nobody"], {}),
        (["é@x.example"], {}),
        (["a@x.example"], {"ConfigurationSetName": "other"}),
        (["a@x.example"], {"EmailTags": [{"Name": "org", "Value": "a b"}]}),
        (["a@x.example"], {"source": SOURCE.replace(b"demo@atelier-durand", b"me@elsewhere")}),
        (["a@x.example"], {"source": SOURCE + b"x" * 999}),
        (["a@x.example"], {"source": SOURCE + b"x\r\n" * 14_000_000}),
    ],
)
def test_what_ses_would_refuse_is_refused(
    ready: Running, to: list[str], changes: dict[str, Any]
) -> None:
    with pytest.raises(ClientError):
        post(ready, *to, **changes)

    assert mails(ready) == []
