"""The history of a stored folder: something of every kind, from January to April 2041."""

import io
from dataclasses import dataclass, field
from typing import Any

import httpx
from pypdf import PdfWriter

from tests.support.client import DEMO, Client

START = "2041-01-15T12:00:00Z"
"""A Tuesday."""
OTHER = "demo@autre.example"
BOUNCE = "bounce@simulator.amazonses.com"

_LOGO = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg=="
)
_SETTINGS = {
    "name": "Atelier Durand & Fils",
    "legal_form": "SARL",
    "capital": "10 000 €",
    "address": ["12 rue de l’Église", "69003 Lyon"],
    "siren": "732829320",
    "iban": "FR7630006000011234567890189",
    "payment_terms": "À 30 jours, fin de mois.",
    "logo": _LOGO,
}
_PROFILE = {"name": "Claire Durand", "signature": "<p>Claire Durand<br><b>Gérante</b></p>"}
_LIST = {
    "type": "staff_list",
    "name": "Équipe Bercy",
    "number": "LP-2041-01",
    "date": "2041-01-31",
    "site": "Tour d’Ivry",
    "entries": [
        {"last_name": "Łukasz", "first_name": "Zoé", "position": "Chef d’équipe"},
        {"last_name": "Martin", "first_name": "Ana", "position": "Maçonne", "start": "08:00"},
    ],
}
_LINE = {"description": "Pose de cloisons", "quantity": "120", "unit": "m²"}
_LINES = [_LINE | {"unit_price": "38.50", "vat_rate": "20"}]
_INVOICE = {
    "type": "invoice",
    "number": "F-2041-0142",
    "date": "2041-01-15",
    "due_date": "2041-02-15",
    "client": {
        "name": "Dupont BTP",
        "address": ["35 rue de la République", "69001 Lyon"],
        "email": "compta@dupont.example",
    },
    "lines": _LINES,
}
_ORDER = {
    "type": "purchase_order",
    "number": "BC-2041-0031",
    "date": "2041-01-15",
    "supplier": {"name": "Leroy Matériaux", "address": ["2 quai des Usines", "69007 Lyon"]},
    "lines": _LINES,
}
_WEEKLY = {"kind": "weekly", "weekday": 1, "time": "08:00"}


@dataclass
class Story(Client):
    """Makes it in a system that has just been started, over HTTP only.

    ``ids`` are the ids of what tests look at when the folder is opened again, by name;
    ``requests`` may be repeated then.
    """

    http: httpx.Client
    ids: dict[str, str] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    _keys: int = 0

    def tell(self) -> None:
        """Make all of it, until the unfinished part has begun."""
        self.move_to(START)
        self.sign_in(OTHER)
        self._another_organization()
        self.sign_in(DEMO)
        self._identity()
        self._documents()
        self._campaigns()
        self._sends()
        self._host_application()
        self._let_months_go_by()
        self._leave_unfinished()

    def _identity(self) -> None:
        for path, change in (("/v1/settings", _SETTINGS), ("/v1/profile", _PROFILE)):
            self.call("PUT", path, self.call("GET", path) | change)

    def _another_organization(self) -> None:
        document = self._document(_LIST | {"name": "Équipe d’à côté"}, publish=True)
        self._campaign(document, name="Ailleurs", recurrence=_WEEKLY, status="paused")
        self._send(document, to="voisin@autre.example", subject="Liste de l’équipe d’à côté")

    def _documents(self) -> None:
        self._list = self._document(_LIST, publish=True)
        self._order = self._document(_ORDER, publish=True)
        self._invoice = self._document(_INVOICE)
        self._document(_LIST | {"name": "Équipe Nation", "number": "LP-2041-02"})
        draft = self._document(_INVOICE | {"number": "F-2041-0143"})
        change = self.call("GET", f"/v1/documents/{draft}") | {"notes": "Merci de votre confiance."}
        self.call("PUT", f"/v1/documents/{draft}", change)
        deleted = self._document(_INVOICE | {"number": "F-2041-0144"})
        self.call("DELETE", f"/v1/documents/{deleted}")

    def _campaigns(self) -> None:
        monthly = self.ids["monthly"] = self._campaign(
            self._list,
            name="Liste mensuelle",
            recipients="client1@example.com, client2@example.com",
            separate=True,
            subject="Liste - {date}",
            recurrence={"kind": "monthly", "day": 31, "time": "08:00"},
            auto_increment_date=True,
        )
        for step in ("run", "test", "duplicate"):
            self._post(f"/v1/campaigns/{monthly}/{step}")
        order = {"document_type": "purchase_order", "recurrence": _WEEKLY}
        paused = self._campaign(self._order, name="Commande du lundi", **order)
        self.call("POST", f"/v1/campaigns/{paused}/pause")
        self._campaign(self._list, name="Personne", recipients=BOUNCE, recurrence=_WEEKLY)
        self._campaign(self._list, name="Tout de suite", recurrence={"kind": "none"})
        self._once("Un jour de février", "2041-02-10T09:00", timezone="America/New_York")
        self._once("Un jour de juin", "2041-06-01T09:00", copy_to_sender=True)
        self.ids["deleted"] = self._once("Effacée depuis", "2041-02-12T09:00")
        absent = self._document(_LIST | {"name": "Équipe Nanterre"}, publish=True)
        self._once("Sans document", "2041-02-13T09:00", document=absent)
        self.call("POST", f"/v1/documents/{absent}/unpublish")
        self.advance("PT1M")

    def _sends(self) -> None:
        self._send(
            self._invoice,
            cc=["chantier@dupont.example"],
            bcc=["archives@atelier-durand.example"],
            copy_to_sender=True,
            subject="Facture F-2041-0142 réglée à l’échéance",
        )
        fates = [f"{name}@simulator.amazonses.com" for name in ("complaint", "suppressionlist")]
        self._send(self._order, to="success@simulator.amazonses.com", cc=fates, separate=True)
        bounced = self._send(self._list, to=BOUNCE, subject="À corriger")
        self.ids["failed"] = self._send_into("reject", self._order, subject="Refusée")
        self._refused = self._send_into("reject", self._order, subject="Refusée, puis renvoyée")
        self._send_into("timeout_after_accept", self._order, subject="Incertaine")
        self.advance("PT30M")
        corrections = {BOUNCE: "juste@dupont.example"}
        self._post(f"/v1/sends/{bounced}/retry", {"corrections": corrections})
        self.advance("PT1M")

    def _host_application(self) -> None:
        person = self.http.headers["Authorization"]
        token = self.call("POST", "/local/login", {"client": "erp"})["token"]
        self.http.headers["Authorization"] = f"Bearer {token}"
        pdf = _made_elsewhere()
        opened = self._post("/v1/documents/uploads", {"filename": "facture.pdf", "size": len(pdf)})
        files = {"file": ("facture.pdf", pdf, "application/pdf")}
        httpx.post(opened["url"], data=opened["fields"], files=files).raise_for_status()
        upload = {"type": "invoice", "number": "F-2041-0200", "upload_id": opened["upload_id"]}
        document = self._document(upload | {"date": "2041-01-14"})
        self._send(document, subject="Une facture venue d’ailleurs")
        self.http.headers["Authorization"] = person

    def _let_months_go_by(self) -> None:
        self.fault("scheduler", "drop", 1)
        self.move_to("2041-02-28T12:00:00Z")
        self.call("DELETE", f"/v1/campaigns/{self.ids['deleted']}")
        self.move_to("2041-03-20T12:00:00Z")
        self.call("DELETE", "/local/mailbox")
        weekly = self.ids["weekly"] = self._campaign(
            self._order,
            name="Chaque lundi",
            document_type="purchase_order",
            recurrence=_WEEKLY,
            copy_to_sender=True,
        )
        self.call("POST", f"/v1/campaigns/{weekly}/skip")
        self.move_to("2041-04-03T12:00:00Z")
        self.call("POST", f"/v1/campaigns/{weekly}/skip")
        self.move_to("2041-04-04T09:00:00Z")

    def _leave_unfinished(self) -> None:
        # Its last pause, of 150 seconds at least, has just begun when the fault is used up.
        self.fault("ses", "throttle", 9)
        self.ids["queued"] = self._send(self._list, subject="En attente")
        while self.call("GET", "/local/faults"):
            self.advance("PT10S")
        uncertain = self._send_into("timeout_after_accept", self._list, subject="En cours")
        self.ids["sending"] = uncertain
        self.requests.clear()
        document = self._document(_ORDER | {"number": "BC-2041-0032"}, publish=True)
        order = {"document_type": "purchase_order", "recurrence": _WEEKLY, "status": "paused"}
        self._campaign(document, name="La dernière", **order)
        self._send(document, subject="La dernière")
        self._post(f"/v1/sends/{self._refused}/retry")
        self.advance("PT2S")

    def _document(self, content: dict[str, Any], *, publish: bool = False) -> str:
        created = self._post("/v1/documents", content)["id"]
        if publish:
            self.call("POST", f"/v1/documents/{created}/publish")
        return str(created)

    def _campaign(self, document: str, **changes: Any) -> str:
        asked = {
            "name": "Liste de Bercy",
            "document_type": "staff_list",
            "document_ids": [document],
            "recipients": "client1@example.com",
            "body": "Bonjour,\n\nVoici {document_name}.",
        }
        return str(self._post("/v1/campaigns", asked | changes)["id"])

    def _once(self, name: str, at: str, *, document: str = "", **changes: Any) -> str:
        once = {"kind": "once", "at": at}
        return self._campaign(document or self._list, name=name, recurrence=once, **changes)

    def _send(self, document: str, **changes: Any) -> str:
        asked = {"document_ids": [document], "to": "compta@dupont.example"}
        return str(self._post("/v1/sends", asked | changes)["id"])

    def _send_into(self, fault: str, document: str, **changes: Any) -> str:
        """A Send whose only mail meets a fault, and for which SES publishes no event."""
        self.advance("PT2S")  # mails already under way meet no fault
        self.fault("ses", fault, 1)
        self.fault("events", "drop", 2)
        created = self._send(document, **changes)
        self.advance("PT2S")
        for service, unused in (("ses", fault), ("events", "drop")):
            self.fault(service, unused, 0)
        return created

    def _post(self, path: str, body: Any = None) -> Any:
        """The response to a request with an Idempotency-Key of its own."""
        self._keys += 1
        key = f"stored-{self._keys}"
        answer = self.http.post(path, json=body, headers={"Idempotency-Key": key})
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        self.requests.append({"path": path, "key": key, "body": body, "answer": answer.json()})
        return answer.json()


def _made_elsewhere() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
