"""Demo data, created through the API: documents, campaigns and a history of a small workshop."""

import datetime as dt
import json
import logging
from typing import Any

from local.system import System
from local.web.gateway import Gateway
from local.web.tokens import DEMO, person_of

_log = logging.getLogger(__name__)
_DUPONT = {
    "name": "Dupont BTP",
    "address": ["35 rue de la République", "69001 Lyon"],
    "email": "compta@dupont.example",
    "siren": "732829320",
}
_ORGANIZATION = {
    "name": "Atelier Durand",
    "legal_form": "SARL",
    "capital": "10000",
    "address": ["12 rue des Lilas", "75012 Paris"],
    "siren": "900123456",
    "siret": "90012345600015",
    "rcs": "Paris 900 123 456",
    "vat_number": "FR87900123456",
    "iban": "FR7630006000011234567890189",
    "bic": "AGRIFRPP",
    "payment_terms": "Paiement à 30 jours, par virement.",
}
"""Complete: its invoices say all that French law asks of the seller. The numbers are invented."""
_PEOPLE = [
    ("Martin", "Ana", "Cheffe d’équipe", "07:00", "15:00"),
    ("Łukasz", "Zoé", "Maçonne", "08:00", "16:00"),
    ("Öztürk", "Deniz", "Électricien", "08:00", "16:00"),
    ("N’Diaye", "Awa", "Conductrice de travaux", "08:30", "17:30"),
]


def fill(system: System) -> None:
    """Fill a new system; does nothing in one that has data."""
    if not system.is_new:
        return
    token = system.sign_in.person(person_of(DEMO))
    try:
        _Filling(system.gateway, token, system.clock.now().date()).fill()
    except ValueError as error:
        # Demo data that the API refuses is no reason not to start.
        _log.warning("demo data left out: %s", error)


class _Filling:
    def __init__(self, gateway: Gateway, token: str, today: dt.date) -> None:
        self._gateway = gateway
        self._token = token
        self._today = today

    def fill(self) -> None:
        """Documents in every state, two campaigns, and a history with one failure."""
        self._settings()
        bercy = self._document(self._list("Équipe Bercy", "LP-31"), publish=True)
        self._document(self._list("Équipe Nation", "LP-32"))
        invoice = self._document(self._invoice("142"))
        self._document(self._invoice("143"))
        order = self._document(self._order("31"), publish=True)
        self._campaign(
            bercy,
            name="Liste de Bercy, chaque fin de mois",
            document_type="staff_list",
            recipients="chantier@dupont.example, securite@bercy.example",
            separate=True,
            recurrence={"kind": "monthly", "day": 31, "time": "08:00"},
            auto_increment_date=True,
        )
        self._campaign(
            order,
            name="Rappel du bon de commande, le lundi",
            document_type="purchase_order",
            recipients="commandes@leroy.example",
            recurrence={"kind": "weekly", "weekday": 1, "time": "07:30"},
            status="paused",
        )
        self._send(invoice, "compta@dupont.example", "Facture F-142 - Dupont BTP")
        self._send(bercy, "bounce@simulator.amazonses.com", "Liste de personnel de la semaine")

    def _settings(self) -> None:
        """Fill in the letterhead, and keep what operators and defaults say."""
        kept = self._call("GET", "/v1/settings")
        self._call("PUT", "/v1/settings", kept | _ORGANIZATION)

    def _list(self, name: str, number: str) -> dict[str, Any]:
        fields = ("last_name", "first_name", "position", "start", "end")
        people = [dict(zip(fields, person, strict=True)) for person in _PEOPLE]
        return {"type": "staff_list", "name": name, "number": number, "entries": people}

    def _invoice(self, number: str) -> dict[str, Any]:
        work = {"description": "Pose de cloisons", "quantity": "120", "unit": "m²"}
        lines = [work | {"unit_price": "38.50", "vat_rate": "20"}]
        due = self._today + dt.timedelta(days=30)
        return {
            "type": "invoice",
            "number": f"F-{number}",
            "due_date": due.isoformat(),
            "client": _DUPONT,
            "lines": lines,
        }

    def _order(self, number: str) -> dict[str, Any]:
        supplier = {"name": "Leroy Matériaux", "address": ["2 quai des Usines", "69007 Lyon"]}
        plates = {"description": "Plaque de plâtre BA13", "quantity": "48", "unit": "pièce"}
        lines = [plates | {"unit_price": "7.90", "vat_rate": "20"}]
        return {
            "type": "purchase_order",
            "number": f"BC-{number}",
            "supplier": supplier,
            "lines": lines,
        }

    def _document(self, content: dict[str, Any], *, publish: bool = False) -> str:
        created = self._post("/v1/documents", content | {"date": self._today.isoformat()})
        if publish:
            self._post(f"/v1/documents/{created['id']}/publish")
        return str(created["id"])

    def _campaign(self, document: str, **fields: Any) -> None:
        self._post("/v1/campaigns", {"document_ids": [document], **fields})

    def _send(self, document: str, to: str, subject: str) -> None:
        body = "Bonjour,\n\nVeuillez trouver le document ci-joint.\n\nBien cordialement,"
        send = {"document_ids": [document], "to": to, "subject": subject, "body": body}
        self._post("/v1/sends", send)

    def _post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return self._call("POST", path, body)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        response = self._gateway.call(method, path, token=self._token, body=body)
        content = bytes(response.body)
        if response.status_code >= 300:
            raise ValueError(f"{path}: {response.status_code} {content.decode()}")
        answer: dict[str, Any] = json.loads(content) if content else {}
        return answer
