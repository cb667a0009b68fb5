"""The local mode in a process of its own, as ``make run`` starts it."""

import io
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from pypdf import PdfWriter

from tests.support.client import DEMO, Client
from tests.support.mail import Mail

__all__ = ["DEMO", "INVOICE", "ORDER", "ROOT", "STAFF", "Mail", "Site", "pdf_saying"]

ROOT = Path(__file__).parents[2]
CONSOLE = ROOT / "functions" / "console" / "dist" / "index.html"
STARTING_SECONDS = 60
STAFF = {
    "type": "staff_list",
    "name": "Équipe Bercy",
    "number": "LP-31",
    "date": "2026-11-30",
    "entries": [{"last_name": "Łukasz", "first_name": "Zoé", "position": "Cheffe d’équipe"}],
}
INVOICE = {
    "type": "invoice",
    "number": "F-142",
    "date": "2026-11-20",
    "client": {"name": "Dupont BTP", "email": "compta@dupont.example"},
    "lines": [
        {"description": "Cloisons", "quantity": "2", "unit_price": "38.50", "vat_rate": "20"}
    ],
}
ORDER = {
    "type": "purchase_order",
    "number": "BC-31",
    "date": "2026-11-20",
    "supplier": {"name": "Leroy Matériaux"},
    "lines": [{"description": "BA13", "quantity": "48", "unit_price": "7.90", "vat_rate": "20"}],
}


def pdf_saying(title: str) -> bytes:
    """A PDF with this title, made without Facteur."""
    writer = PdfWriter()
    writer.add_blank_page(210, 297)
    writer.add_metadata({"/Title": title})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


class Site(Client):
    """A running local mode, with a client of its API."""

    def __init__(self, data: Path, port: int, *, demo: bool = False) -> None:
        if not CONSOLE.exists():
            raise RuntimeError("the console is not built: run make console-build")
        command = [sys.executable, "-m", "local", "--port", str(port), "--data", str(data)]
        self.address = f"http://127.0.0.1:{port}"
        self.http = httpx.Client(base_url=self.address, timeout=120)
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, "--demo" if demo else "--no-demo"], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        self._await_readiness()
        self.sign_in()

    def _await_readiness(self) -> None:
        deadline = time.monotonic() + STARTING_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                if self.http.get("/healthz").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError("the local mode did not start")

    def stop(self) -> None:
        """Stop it; its data goes with the test's folder."""
        self.http.close()
        self._process.terminate()
        self._process.wait(timeout=30)

    def document(self, content: dict[str, Any], *, publish: bool = True, **changes: Any) -> str:
        """The id of a new document; invoices and orders need a number of their own."""
        created = self.call("POST", "/v1/documents", content | changes)
        if publish:
            self.call("POST", f"/v1/documents/{created['id']}/publish")
        return str(created["id"])

    def uploaded(self, **changes: Any) -> str:
        """The id of a new document made from an uploaded PDF; an invoice by default."""
        pdf = pdf_saying("Facture")
        form = self.call("POST", "/v1/documents/uploads", {"filename": "f.pdf", "size": len(pdf)})
        file = {"file": ("f.pdf", pdf, "application/pdf")}
        httpx.post(form["url"], data=form["fields"], files=file).raise_for_status()
        heading = {"type": "invoice", "number": "F-7", "date": "2026-11-20"}
        body = heading | {"upload_id": form["upload_id"]} | changes
        return str(self.call("POST", "/v1/documents", body)["id"])

    def send(self, document: str, to: str, subject: str) -> str:
        """The id of a new immediate send."""
        body = {"document_ids": [document], "to": to, "subject": subject, "body": "Bonjour,"}
        return str(self.call("POST", "/v1/sends", body)["id"])

    def campaign(self, document: str, **changes: Any) -> str:
        """The id of a new campaign: by default a list, on Mondays at 08:00."""
        body = {
            "name": "Liste de Bercy",
            "document_type": "staff_list",
            "document_ids": [document],
            "recipients": "client1@example.com, client2@example.com",
            "subject": "Liste - {date}",
            "body": "Bonjour,\n\nVoici {document_name}.",
            "recurrence": {"kind": "weekly", "weekday": 1, "time": "08:00"},
            "timezone": "Europe/Paris",
        }
        return str(self.call("POST", "/v1/campaigns", body | changes)["id"])

    def mails(self) -> list[Mail]:
        """All captured mail, oldest first, once no Send is queued."""
        self.advance("PT1S")
        return super().mails()
