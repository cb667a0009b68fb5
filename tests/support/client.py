"""A client of a running local mode: its API as one person, its clock, faults and mailbox."""

from typing import Any

import httpx

from tests.support.mail import Mail, captured

DEMO = "demo@atelier-durand.example"


class Client:
    """The calls that tests of a whole system make; subclasses open and close ``http``."""

    http: httpx.Client

    def sign_in(self, address: str = DEMO, *, role: str = "admin") -> None:
        """Sign in as this person for all later calls."""
        token = self.call("POST", "/local/login", {"email": address, "role": role})["token"]
        self.http.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Any = None, *, status: int = 0) -> Any:
        """The JSON of a response; asserts that it is a success or has ``status``."""
        answer = self.http.request(method, path, json=body)
        expected = answer.status_code == status if status else answer.is_success
        assert expected, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def move_to(self, instant: str) -> None:
        """Move the clock; everything due by then has happened when this returns."""
        self.call("POST", "/local/clock", {"to": instant})

    def advance(self, duration: str) -> None:
        """The same, by an ISO 8601 duration."""
        self.call("POST", "/local/clock", {"advance": duration})

    def fault(self, service: str, fault: str, count: int) -> None:
        """Make the next ``count`` calls fail in this way; 0 clears the fault."""
        self.call("POST", "/local/faults", {"service": service, "fault": fault, "count": count})

    def mails(self) -> list[Mail]:
        """All captured mail, oldest first."""
        return captured(self.http)
