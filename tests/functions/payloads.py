"""The payloads of events/ for HTTP routes, and a system in which what they name exists."""

import json
from typing import Any

from facteur.domain.identity import Caller, UserId
from facteur.domain.message import MessageEvent
from tests.functions.calling import EVENTS, INVOICE, ORGANIZATION, STAFF_LIST, Api, event
from tests.functions.test_campaigns import MONDAYS, created

NAMES = sorted(path.stem for path in EVENTS.glob("*.json") if '"/v1/' in path.read_text())
"""The payloads, by name. Each route has at least one."""
DOCUMENT = "01KBX3V5TQ8ZJ4M6N2W9RHCE1D"
STAFF_LIST_ID = "01KBX2M8R4HWZ7C1N5T9KDQJ6F"
CAMPAIGN = "01KBX5C8D2MZ1R4TVW6YP9QNHE"
SEND = "01KBX4A2F7PYD0Q3SVK5XN8GTB"
WEBHOOK = "01KBX6D4E8N2S3V7XZ0RB1QPMH"
HOOK = "01KBX6F9J1P5T8W2Y4SC3VRQNK"
GROUP = "01KBX6E4R9TQ2W5Y8A1CFHJM3N"
HOST = "4k8s2d6f0g1h3j5l7z9x8c7v6b"
"""The host application that is registered, as Claire's own."""


def fill(api: Api) -> None:
    """Store what the payloads name."""
    api.store.clients_by_id[HOST] = Caller(
        ORGANIZATION, UserId("erp"), "erp@atelier-durand.example", "ERP"
    )
    document_id = api.create(INVOICE | {"number": "F-2026-0001"})
    send_id = api.send(document_id)["id"]
    api.happens(send_id, MessageEvent.FAILED, code="address_rejected")
    document_id = api.create(STAFF_LIST, publish=True)
    campaign = created(api, document_ids=[document_id], recurrence=MONDAYS)
    api("POST", f"/v1/campaigns/{campaign['id']}/skip")
    wanted = {"url": "https://erp.atelier-durand.example/facteur", "events": ["send.sent"]}
    webhook = api("POST", "/v1/webhooks", wanted).json
    api("POST", f"/v1/webhooks/{webhook['id']}/test")
    api("POST", "/v1/groups", {"name": "Sites", "addresses": [{"address": "site@bercy.example"}]})


def payload(name: str, api: Api) -> dict[str, Any]:
    """A payload with the ids of what is stored in place of its own."""
    data = api.store.of(ORGANIZATION)
    text = json.dumps(event(name))
    invoice, staff_list = data.documents
    text = text.replace(DOCUMENT, invoice)
    text = text.replace(STAFF_LIST_ID, staff_list)
    text = text.replace(CAMPAIGN, next(iter(data.campaigns)))
    text = text.replace(SEND, next(iter(data.sends)))
    [(webhook, hook)] = data.hooks
    text = text.replace(WEBHOOK, webhook)
    text = text.replace(HOOK, hook)
    text = text.replace(GROUP, next(iter(data.groups)))
    read: dict[str, Any] = json.loads(text)
    return read
