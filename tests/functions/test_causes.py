"""Failures over HTTP: why, and what to do about it, in the reader's language."""

from typing import Any

import pytest

from facteur.domain.message import MessageEvent
from tests.functions.calling import INVOICE, Api

TO = "compta@dupont.example"
FRENCH = ("La boîte du destinataire est pleine.", "Demandez-lui de faire de la place")
ENGLISH = ("The recipient’s mailbox is full.", "Ask them to make room")


@pytest.fixture
def failed(api: Api) -> str:
    """A Send that only its second recipient did not get."""
    send_id: str = api.send(api.create(INVOICE), cc="chef@dupont.example")["id"]
    api.happens(send_id, MessageEvent.HARD_BOUNCED, index=1, code="mailbox_full", detail="552 Full")
    return send_id


def in_english(api: Api) -> None:
    """The organization's language becomes English."""
    settings = api("GET", "/v1/settings").json
    assert api("PUT", "/v1/settings", settings | {"locale": "en"}).status == 200


def explained(part: Any, words: tuple[str, str]) -> bool:
    cause, remedy = words
    return (part["cause"], part["remedy"][: len(remedy)]) == (cause, remedy)


@pytest.mark.feature("S77")
@pytest.mark.feature("B18")
@pytest.mark.parametrize(
    ("accepted", "words"),
    [("fr", FRENCH), ("en-GB,en;q=0.9", ENGLISH), ("de", FRENCH), ("", FRENCH)],
)
def test_failed_send_is_explained_in_the_chosen_language(
    api: Api, failed: str, accepted: str, words: tuple[str, str]
) -> None:
    send = api("GET", f"/v1/sends/{failed}", accept_language=accepted).json
    (row,) = api("GET", "/v1/sends", accept_language=accepted).json["items"]

    assert explained(send["error"], words)
    assert explained(send["recipients"][1], words)
    assert explained(row["error"], words)
    assert explained(row["recipients"][1], words)


@pytest.mark.feature("S77")
def test_reader_who_asks_for_no_language_gets_the_organizations(api: Api, failed: str) -> None:
    in_english(api)

    send = api("GET", f"/v1/sends/{failed}", accept_language="").json
    (row,) = api("GET", "/v1/sends", accept_language="de").json["items"]

    assert explained(send["error"], ENGLISH)
    assert explained(row["recipients"][1], ENGLISH)


def test_chosen_language_wins_over_the_organizations(api: Api, failed: str) -> None:
    in_english(api)

    send = api("GET", f"/v1/sends/{failed}", accept_language="fr").json

    assert explained(send["error"], FRENCH)


def test_recipient_that_did_not_fail_has_no_cause(api: Api, failed: str) -> None:
    send = api("GET", f"/v1/sends/{failed}").json

    assert (send["recipients"][0]["cause"], send["recipients"][0]["remedy"]) == (None, None)


def test_delay_is_no_failure_yet(api: Api) -> None:
    send_id = api.send(api.create(INVOICE))["id"]
    api.happens(send_id, MessageEvent.DELAYED, index=0, code="mailbox_full", detail="452 Full")

    send = api("GET", f"/v1/sends/{send_id}").json

    assert send["error"] is None
    assert (send["recipients"][0]["code"], send["recipients"][0]["cause"]) == ("mailbox_full", None)


def test_code_that_is_not_known_any_more_gets_general_words(api: Api) -> None:
    send_id = api.send(api.create(INVOICE))["id"]
    api.happens(send_id, MessageEvent.FAILED, code="of_another_version")

    send = api("GET", f"/v1/sends/{send_id}", accept_language="en").json

    assert send["error"] == {
        "code": "of_another_version",
        "detail": None,
        "cause": "The send failed.",
        "remedy": "Retry the send.",
    }
