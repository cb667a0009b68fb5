"""Uploaded PDFs, from the host application that pushes them to the mail."""

import hashlib
import io
from typing import Any

import httpx
import pytest
from pypdf import PdfWriter

from tests.e2e_api.facteur import LIST, Facteur
from tests.support.pdfs import objects, pdf_of


def made_elsewhere(words: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": words})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def post(facteur: Facteur, pdf: bytes) -> tuple[str, httpx.Response]:
    """Post a file as a client does: the form is signed, so no token is needed."""
    opening = {"filename": "facture.pdf", "size": len(pdf)}
    opened = facteur.call("POST", "/v1/documents/uploads", opening, status=201)
    files = {"file": ("facture.pdf", pdf, "application/pdf")}
    return opened["upload_id"], httpx.post(opened["url"], data=opened["fields"], files=files)


def uploaded(facteur: Facteur, pdf: bytes, **fields: Any) -> Any:
    upload_id, answer = post(facteur, pdf)
    assert answer.status_code == 204, answer.text
    body = {"type": "invoice", "number": "F-2041-0143", "date": "2041-01-14"}
    return facteur.call("POST", "/v1/documents", body | fields | {"upload_id": upload_id})


def attached(facteur: Facteur) -> list[tuple[str | None, bytes]]:
    return [
        (part.get_filename(), part.get_content())
        for mail in facteur.mails()
        for part in mail.message.iter_attachments()
    ]


@pytest.mark.feature("B17")
def test_the_mail_carries_the_very_bytes_that_were_pushed(facteur: Facteur) -> None:
    pdf = made_elsewhere("Facture")
    document = uploaded(facteur, pdf)

    body = {"document_ids": [document["id"]], "to": "compta@dupont.example"}
    queued = facteur.call("POST", "/v1/sends", body, status=202)
    facteur.advance("PT1M")

    send = facteur.call("GET", f"/v1/sends/{queued['id']}")
    paths = (f"/v1/sends/{send['id']}/attachments/0", f"/v1/documents/{document['id']}/pdf")
    shown = [facteur.http.get(path, follow_redirects=True).content for path in paths]
    assert attached(facteur) == [("Facture F-2041-0143.pdf", pdf)]
    assert (send["status"], send["subject"]) == ("sent", "Facture F-2041-0143")
    assert send["documents"][0]["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert shown == [pdf, pdf]
    assert facteur.call("GET", f"/v1/documents/{document['id']}")["status"] == "sent"


@pytest.mark.feature("B17")
def test_a_campaign_sends_what_was_pushed_last_months_after_the_upload_is_gone(
    facteur: Facteur,
) -> None:
    first, second = made_elsewhere("janvier"), made_elsewhere("février")
    named = {"type": "staff_list", "name": "Équipe Nanterre", "number": ""}
    document = uploaded(facteur, first, **named)
    facteur.call("POST", f"/v1/documents/{document['id']}/publish")
    written = facteur.document(LIST)
    campaign = facteur.campaign(
        document["id"],
        document_ids=[document["id"], written],
        recurrence={"kind": "monthly", "day": 31, "time": "08:00"},
    )

    facteur.advance("P2M")
    upload_id, _ = post(facteur, second)
    change = facteur.call("GET", f"/v1/documents/{document['id']}") | {"upload_id": upload_id}
    facteur.call("PUT", f"/v1/documents/{document['id']}", change)
    facteur.advance("P1M")

    pdfs = [pdf for name, pdf in attached(facteur) if name and "Nanterre" in name]
    sends = facteur.history(f"campaign_id={campaign['id']}")
    assert pdfs == [first, first, second]
    assert [send["status"] for send in sends] == ["sent"] * 3


@pytest.mark.feature("B17")
@pytest.mark.parametrize(
    ("pdf", "status", "code"),
    [
        (b"PK\x03\x04 a spreadsheet", 204, "upload_not_pdf"),
        (pdf_of(objects(catalog=b"/OpenAction<</S/L#61unch>>")), 204, "upload_has_actions"),
        (b"", 400, "upload_not_found"),
        (b"%PDF-".ljust(10 * 1024 * 1024 + 1), 400, "upload_not_found"),
    ],
    ids=["no pdf", "starts a program", "empty", "too large"],
)
def test_what_may_not_be_sent_is_refused_as_it_is_pushed_or_when_the_document_is_made(
    facteur: Facteur, pdf: bytes, status: int, code: str
) -> None:
    opened = facteur.call("POST", "/v1/documents/uploads", {"filename": "f.pdf", "size": 100})
    files = {"file": ("f.pdf", pdf, "application/pdf")}

    posted = httpx.post(opened["url"], data=opened["fields"], files=files)
    body = {"type": "invoice", "number": "F-1", "date": "2041-01-14"}
    upload_id = {"upload_id": opened["upload_id"]}
    refused = facteur.call("POST", "/v1/documents", body | upload_id, status=422)

    assert posted.status_code == status
    assert [problem["code"] for problem in refused["errors"]] == [code]
    assert facteur.call("GET", "/v1/documents?q=F-1")["items"] == []
