"""A data folder that an earlier version has stored opens in this one and continues.

The folders are in ``stored/``, with the script that makes them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e_api.facteur import Facteur
from tests.e2e_api.stored.answers import Form, losses, read
from tests.e2e_api.stored.folder import Stored, every_version


class Opened(Facteur):
    """A system on a copy of a stored folder, at the instant at which it was stored."""

    def __init__(self, stored: Stored, data: Path) -> None:
        self.stored = stored.answers
        stored.unpack(data, at=self.stored["clock"])
        super().__init__(data)

    def send(self, name: str) -> Any:
        """A Send, by its name in the folder's story."""
        return self.call("GET", f"/v1/sends/{self.stored['ids'][name]}")

    def ask_again(self, request: dict[str, Any], **changes: Any) -> Any:
        """The response to a request of the story, repeated with its Idempotency-Key."""
        headers = {"Idempotency-Key": request["key"]}
        body = request["body"] and request["body"] | changes
        return self.http.post(request["path"], json=body, headers=headers)


@pytest.fixture(params=every_version())
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """Each stored folder, opened."""
    opened = Opened(Stored(request.param), tmp_path / "data")
    yield opened
    opened.stop()
    assert "NotAllowedError" not in (tmp_path / "data" / "functions.log").read_text()


def test_everything_reads_as_it_was(opened: Opened) -> None:
    lost: list[str] = []

    for person, answers in opened.stored["people"].items():
        opened.sign_in(person)
        for one in answers:
            now = read(opened.http, one["path"], Form(one["form"]))
            lost += losses(one["answer"], now, one["path"])

    assert lost == []


def test_what_was_deleted_is_not_there_again(opened: Opened) -> None:
    path = f"/v1/campaigns/{opened.stored['ids']['deleted']}"

    opened.call("GET", path, status=404)


def test_a_repeated_request_has_its_first_answer_and_does_nothing_more(opened: Opened) -> None:
    before, mails = opened.history(), opened.mails()

    for request in opened.stored["requests"]:
        again = opened.ask_again(request)
        assert again.is_success, again.text
        assert list(losses(request["answer"], again.json(), request["path"])) == []
    opened.advance("PT2S")

    assert opened.history() == before
    assert len(opened.mails()) == len(mails)


def test_a_key_that_was_used_is_refused_to_another_request(opened: Opened) -> None:
    [request] = [each for each in opened.stored["requests"] if each["path"] == "/v1/sends"]

    other = opened.ask_again(request, subject="Tout autre chose")

    assert other.status_code == 422


def test_a_mail_that_waited_in_the_queue_is_delivered(opened: Opened) -> None:
    # Earlier than reconcile, which enqueues lost messages after a quarter of an hour.
    opened.advance("PT5M")

    send = opened.send("queued")
    mails = [mail for mail in opened.mails() if mail.send_id == send["id"]]
    assert (send["status"], send["recipients"][0]["outcome"]) == ("sent", "delivered")
    assert len(mails) == 1


def test_a_mail_whose_fate_was_open_is_unconfirmed_and_not_sent_again(opened: Opened) -> None:
    mails = [mail for mail in opened.mails() if mail.subject == "En cours"]

    opened.advance("PT30M")

    send = opened.send("sending")
    assert (send["status"], send["error"]["code"]) == ("failed", "unconfirmed")
    assert len([mail for mail in opened.mails() if mail.subject == "En cours"]) == len(mails) == 1


def test_a_send_that_had_failed_is_sent_again(opened: Opened) -> None:
    failed = opened.send("failed")

    retry = opened.call("POST", f"/v1/sends/{failed['id']}/retry", status=202)
    opened.advance("PT1M")

    again = opened.call("GET", f"/v1/sends/{retry['id']}")
    assert (failed["status"], again["status"]) == ("failed", "sent")
    assert again["documents"] == failed["documents"]
    assert opened.send("failed")["retried_by"] == [retry["id"]]


def test_campaigns_go_on_where_they_were(opened: Opened) -> None:
    ids = opened.stored["ids"]
    monthly, weekly = (f"campaign_id={ids[name]}" for name in ("monthly", "weekly"))
    before = {query: opened.history(query) for query in (monthly, weekly)}

    opened.move_to("2041-05-01T12:00:00Z")

    lists, orders = (opened.history(query)[len(before[query]) :] for query in (monthly, weekly))
    assert [(send["subject"], send["status"], send["late"]) for send in lists] == [
        ("Liste - 30/04/2041", "sent", False)
    ]
    # The one of the 8th was skipped.
    assert [send["occurrence_at"][:10] for send in orders] == [
        *("2041-04-15", "2041-04-22", "2041-04-29")
    ]
    assert opened.call("GET", f"/v1/campaigns/{ids['monthly']}")["next_document_date"] == (
        "2041-05-31"
    )
