"""The whole system of template.yaml in this process, used as a client uses it: over HTTP."""

import email
import email.policy
import io
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import boto3
import httpx
import uvicorn
from pypdf import PdfReader

from local.clock import LocalClock, parse_instant
from local.intrinsics import REGION
from local.server import make_app
from local.stack import read_stack
from local.state import State
from local.system import System

DEMO = "demo@atelier-durand.example"
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


@dataclass(frozen=True)
class Mail:
    """A captured mail: its envelope, and the message as its recipients would read it."""

    to: list[str]
    received_at: str
    send_id: str
    origin: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def filenames(self) -> list[str]:
        """The names of what is attached."""
        return [part.get_filename() or "" for part in self.message.iter_attachments()]

    def pdf_text(self) -> str:
        """The text of all attached PDFs."""
        pages = []
        for part in self.message.iter_attachments():
            content = part.get_content()
            pages += [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        return "\n".join(pages)


class Facteur:
    """A running system on data of its own, and one signed-in person."""

    def __init__(self, data: Path, *, at: str = "") -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._data = data
        if at:
            self.sleep_until(at)
        self.start()

    def start(self) -> None:
        """Start, as ``make run`` does."""
        self.system = System(read_stack(), self._data)
        self.system.start()
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(make_app(self.system), log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],))
        self._thread.start()
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=300
        )
        token = self.http.post("/local/login", json={"email": DEMO}).json()["token"]
        self.http.headers["Authorization"] = f"Bearer {token}"

    def stop(self) -> None:
        """Stop; the data stays."""
        self.http.close()
        self._server.should_exit = True
        self._thread.join()
        self.system.stop()

    def sleep_until(self, instant: str) -> None:
        """Let time pass while nothing runs."""
        state = State(self._data / "state.db")
        LocalClock(state).move_to(parse_instant(instant))
        state.close()

    def call(self, method: str, path: str, body: Any = None, *, status: int = 0) -> Any:
        """The JSON of an answer, which must be a success or have ``status``."""
        answer = self.http.request(method, path, json=body)
        expected = answer.status_code == status if status else answer.is_success
        assert expected, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def move_to(self, instant: str) -> None:
        """Move the clock, firing all on the way."""
        self.call("POST", "/local/clock", {"to": instant})

    def advance(self, duration: str) -> None:
        """The same, by a duration."""
        self.call("POST", "/local/clock", {"advance": duration})

    def fault(self, service: str, fault: str, count: int) -> None:
        """Make the next ``count`` calls go wrong; 0 clears."""
        self.call("POST", "/local/faults", {"service": service, "fault": fault, "count": count})

    def document(self, content: dict[str, Any] | None = None) -> str:
        """The id of a document that a campaign may send."""
        created = self.call("POST", "/v1/documents", content or LIST)
        self.call("POST", f"/v1/documents/{created['id']}/publish")
        return str(created["id"])

    def campaign(self, document: str, **changes: Any) -> dict[str, Any]:
        """A new campaign of a list, on Mondays at 08:00 in Paris unless ``changes`` says other."""
        asked: dict[str, Any] = {
            "name": "Liste de Bercy",
            "document_type": "staff_list",
            "document_ids": [document],
            "recipients": "client1@example.com",
            "subject": "Liste - {date}",
            "body": "Bonjour,\n\nVoici {document_name}.",
            "recurrence": WEEKLY,
            "timezone": "Europe/Paris",
        }
        created: dict[str, Any] = self.call("POST", "/v1/campaigns", asked | changes, status=201)
        return created

    def occurrences(self, campaign: str, count: int) -> list[dict[str, Any]]:
        """What is announced."""
        path = f"/v1/campaigns/{campaign}/occurrences?count={count}"
        found: list[dict[str, Any]] = self.call("GET", path)["occurrences"]
        return found

    def history(self, query: str = "") -> list[dict[str, Any]]:
        """All rows that match, oldest first."""
        return list(reversed(list(self._pages(query))))

    def _pages(self, query: str) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            page = self.call("GET", f"/v1/sends?limit=50&{query}{cursor}")
            yield from page["items"]
            if page["next"] is None:
                return
            cursor = f"&cursor={page['next']}"

    def mails(self) -> list[Mail]:
        """All captured mails, oldest first."""
        listed = self.http.get("/local/mailbox", headers={"Accept": "application/json"}).json()
        return [self._mail(row) for row in reversed(listed)]

    def _mail(self, row: dict[str, Any]) -> Mail:
        source = self.http.get(f"/local/mailbox/{row['id']}", headers={"Accept": "*/*"}).content
        message = email.message_from_bytes(source, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return Mail(row["to"], row["received_at"], row["send_id"], row["origin"], message)

    def client(self, service: str) -> Any:
        """A boto3 client of the cloud behind."""
        secret = self.system.state.fact("secret")
        session = boto3.Session(
            aws_access_key_id="local", aws_secret_access_key=secret, region_name=REGION
        )
        return session.client(service)  # type: ignore[call-overload]
