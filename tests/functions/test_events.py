"""Every payload of events/ for an HTTP route is one that its function answers."""

import json

import pytest

from facteur.domain.identity import Caller, UserId
from facteur.domain.message import MessageEvent
from functions.campaigns.handler import app as campaigns
from functions.documents.handler import app as documents
from functions.sends.handler import app as sends
from functions.settings.handler import app as settings
from tests.functions.calling import EVENTS, INVOICE, ORGANIZATION, STAFF_LIST, Api, event
from tests.functions.test_campaigns import MONDAYS, created

NAMES = sorted(path.stem for path in EVENTS.glob("*.json") if '"/v1/' in path.read_text())
STATUSES = {
    "create": 201,
    "delete": 204,
    "duplicate": 201,
    "retry": 202,
    "run": 202,
    "test": 202,
    "upload": 201,
}


@pytest.fixture
def stored(api: Api) -> Api:
    """A system in which what the payloads name exists."""
    api.store.clients_by_id["4k8s2d6f0g1h3j5l7z9x8c7v6b"] = Caller(
        ORGANIZATION, UserId("erp"), "erp@atelier-durand.example", "ERP"
    )
    document_id = api.create(INVOICE | {"number": "F-2026-0001"})
    send_id = api.send(document_id)["id"]
    api.happens(send_id, MessageEvent.FAILED, code="address_rejected")
    document_id = api.create(STAFF_LIST, publish=True)
    campaign = created(api, document_ids=[document_id], recurrence=MONDAYS)
    api("POST", f"/v1/campaigns/{campaign['id']}/skip")
    return api


def pointed(payload: dict[str, object], api: Api) -> dict[str, object]:
    """The payload with the ids of what is stored in place of its own."""
    data = api.store.of(ORGANIZATION)
    text = json.dumps(payload)
    invoice, staff_list = data.documents
    text = text.replace("01KBX3V5TQ8ZJ4M6N2W9RHCE1D", invoice)
    text = text.replace("01KBX2M8R4HWZ7C1N5T9KDQJ6F", staff_list)
    text = text.replace("01KBX5C8D2MZ1R4TVW6YP9QNHE", next(iter(data.campaigns)))
    text = text.replace("01KBX4A2F7PYD0Q3SVK5XN8GTB", next(iter(data.sends)))
    read: dict[str, object] = json.loads(text)
    return read


@pytest.mark.parametrize("name", NAMES)
def test_payload_is_answered(stored: Api, name: str) -> None:
    answer = stored.handle(pointed(event(name), stored))

    verb = name.partition("_")[2].partition("_")[0]
    expected = 202 if name == "sends_create" else STATUSES.get(verb, 200)
    assert answer.status == expected, answer.text


def test_every_route_has_a_payload() -> None:
    routes = {
        f"{route.method} {route.path}"
        for app in (campaigns, documents, sends, settings)
        for route in app.routes
    }

    assert {event(name)["routeKey"] for name in NAMES} == routes
