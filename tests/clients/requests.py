"""The requests of events/, each ready to be sent to a running local mode."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.e2e_api.facteur import INVOICE, Facteur
from tests.functions.calling import event
from tests.functions.payloads import (
    CAMPAIGN,
    DOCUMENT,
    GROUP,
    HOOK,
    NAMES,
    SEND,
    STAFF_LIST_ID,
    WEBHOOK,
)


@dataclass(frozen=True)
class Request:
    """A request as a client makes it, by somebody for whom everything that it names exists."""

    name: str
    token: str
    method: str
    route: str
    path: dict[str, str]
    query: dict[str, str]
    body: Any


def prepared(facteur: Facteur) -> Iterator[Request]:
    """Every payload of events/ for an HTTP route, each in an organization of its own."""
    for name in NAMES:
        domain = f"{name.replace('_', '-')}.example"
        facteur.sign_in(f"claire@{domain}")
        text = json.dumps(event(name)).replace("atelier-durand.example", domain)
        for placeholder, stored in _fill(facteur).items():
            text = text.replace(placeholder, stored)
        payload = json.loads(text)
        method, _, route = payload["routeKey"].partition(" ")
        yield Request(
            name=name,
            token=str(facteur.http.headers["Authorization"]).removeprefix("Bearer "),
            method=method,
            route=route,
            path=payload.get("pathParameters") or {},
            query=payload.get("queryStringParameters") or {},
            body=json.loads(payload["body"]) if payload.get("body") else None,
        )


def _fill(facteur: Facteur) -> dict[str, str]:
    """Store what payloads name; the ids that stand in them, and those they have here."""
    facteur.call("PUT", "/v1/settings", {"name": "Atelier Durand", "version": 0})
    invoice = facteur.call("POST", "/v1/documents", INVOICE)["id"]
    facteur.fault("ses", "reject", 1)
    body = {"document_ids": [invoice], "to": "compta@dupont.example"}
    send = facteur.call("POST", "/v1/sends", body)["id"]
    facteur.advance("PT1S")
    staff_list = facteur.document()
    campaign = facteur.campaign(staff_list)["id"]
    facteur.call("POST", f"/v1/campaigns/{campaign}/skip")
    group = facteur.call(
        "POST",
        "/v1/groups",
        {"name": "Sites", "addresses": [{"address": "site@bercy.example", "name": "Bercy"}]},
    )["id"]
    listener = {"url": "http://127.0.0.1:9/", "events": ["send.sent"]}
    webhook = facteur.call("POST", "/v1/webhooks", listener)["id"]
    hook = facteur.call("POST", f"/v1/webhooks/{webhook}/test")["id"]
    facteur.advance("PT1S")
    return {
        DOCUMENT: invoice,
        STAFF_LIST_ID: staff_list,
        CAMPAIGN: campaign,
        SEND: send,
        GROUP: group,
        WEBHOOK: webhook,
        HOOK: hook,
    }
