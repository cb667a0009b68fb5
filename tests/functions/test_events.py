"""Every payload of events/ for an HTTP route is one that its function answers."""

import pytest

from functions.campaigns.handler import app as campaigns
from functions.documents.handler import app as documents
from functions.recipients.handler import app as recipients
from functions.sends.handler import app as sends
from functions.settings.handler import app as settings
from functions.webhooks.handler import app as webhooks
from tests.functions.answers import ANSWERS, answered, example, text_of
from tests.functions.calling import Api, event
from tests.functions.payloads import NAMES, fill, payload

STATUSES = {
    "create": 201,
    "delete": 204,
    "duplicate": 201,
    "replay": 202,
    "retry": 202,
    "run": 202,
    "test": 202,
    "upload": 201,
}


@pytest.mark.parametrize("name", NAMES)
def test_payload_is_answered(api: Api, name: str) -> None:
    fill(api)

    answer = api.handle(payload(name, api))

    verb = name.partition("_")[2].partition("_")[0]
    expected = 202 if name == "sends_create" else STATUSES.get(verb, 200)
    assert answer.status == expected, answer.text


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_that_is_checked_in_is_the_one_that_is_given(name: str) -> None:
    path = ANSWERS / f"{name}.json"

    shown = example(answered(name))

    assert (path.read_text("utf-8") if path.exists() else None) == (shown and text_of(shown))


def test_every_route_has_a_payload() -> None:
    routes = {
        f"{route.method} {route.path}"
        for app in (campaigns, documents, recipients, sends, settings, webhooks)
        for route in app.routes
    }

    assert {event(name)["routeKey"] for name in NAMES} == routes
