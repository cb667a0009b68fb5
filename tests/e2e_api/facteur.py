"""The whole system of template.yaml in this process, used over HTTP as by a client."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from local.state.clock import LocalClock, parse_instant
from local.state.store import State
from local.template.reader import read_stack
from tests.support.client import Client
from tests.support.served import Served

LIST = {
    "type": "staff_list",
    "name": "Équipe Bercy",
    "number": "LP-2041-01",
    "date": "2041-01-31",
    "entries": [
        {"last_name": "Łukasz", "first_name": "Zoé", "position": "Chef d’équipe"},
        {"last_name": "Martin", "first_name": "Ana", "position": "Maçonne"},
    ],
}
INVOICE = {
    "type": "invoice",
    "number": "F-2041-0142",
    "date": "2041-01-20",
    "client": {
        "name": "Dupont BTP",
        "address": ["35 rue de la République", "69001 Lyon"],
        "email": "compta@dupont.example",
    },
    "lines": [
        {
            "description": "Pose de cloisons",
            "quantity": "120",
            "unit_price": "38.50",
            "vat_rate": "20",
        }
    ],
}
WEEKLY = {"kind": "weekly", "weekday": 1, "time": "08:00"}


class Facteur(Client):
    """A running system with its own data, and one signed-in person."""

    def __init__(self, data: Path, *, at: str = "") -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._data = data
        if at:
            self.sleep_until(at)
        self.start()

    def start(self) -> None:
        """Start, as ``make run`` does."""
        self._served = Served(read_stack(), self._data)
        self.system = self._served.system
        self.http = httpx.Client(base_url=self._served.address, timeout=300)
        self.sign_in()

    def stop(self) -> None:
        """Stop; the data stays."""
        self.http.close()
        self._served.stop()

    def sleep_until(self, instant: str) -> None:
        """Move the clock while the system is stopped."""
        state = State(self._data / "state.db")
        LocalClock(state).move_to(parse_instant(instant))
        state.close()

    def document(self, content: dict[str, Any] | None = None) -> str:
        """The id of a document that a campaign may send."""
        created = self.call("POST", "/v1/documents", content or LIST)
        self.call("POST", f"/v1/documents/{created['id']}/publish")
        return str(created["id"])

    def campaign(self, document: str, **changes: Any) -> dict[str, Any]:
        """A new campaign: by default a list, on Mondays at 08:00 in Paris."""
        body: dict[str, Any] = {
            "name": "Liste de Bercy",
            "document_type": "staff_list",
            "document_ids": [document],
            "recipients": "client1@example.com",
            "subject": "Liste - {date}",
            "body": "Bonjour,\n\nVoici {document_name}.",
            "recurrence": WEEKLY,
            "timezone": "Europe/Paris",
        }
        created: dict[str, Any] = self.call("POST", "/v1/campaigns", body | changes, status=201)
        return created

    def occurrences(self, campaign: str, count: int) -> list[dict[str, Any]]:
        """The next occurrences that the API lists."""
        path = f"/v1/campaigns/{campaign}/occurrences?count={count}"
        found: list[dict[str, Any]] = self.call("GET", path)["occurrences"]
        return found

    def history(self, query: str = "") -> list[dict[str, Any]]:
        """All rows that match the filters, oldest first."""
        return list(reversed(list(self._pages(query))))

    def _pages(self, query: str) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            page = self.call("GET", f"/v1/sends?limit=50&{query}{cursor}")
            yield from page["items"]
            if page["next"] is None:
                return
            cursor = f"&cursor={page['next']}"

    def client(self, service: str) -> Any:
        """A boto3 client of the system's own AWS services."""
        return self._served.session.client(service)  # type: ignore[call-overload]
