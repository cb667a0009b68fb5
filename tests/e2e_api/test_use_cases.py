"""The three use cases of the product, from the first document to the mail in the mailbox."""

import datetime as dt

import pytest

from tests.e2e_api.facteur import INVOICE, Facteur

LAST_DAYS = [
    *("2041-01-31", "2041-02-28", "2041-03-31", "2041-04-30", "2041-05-31", "2041-06-30"),
    *("2041-07-31", "2041-08-31", "2041-09-30", "2041-10-31", "2041-11-30", "2041-12-31"),
    *("2042-01-31", "2042-02-28"),
]


@pytest.mark.feature("S82", "S38", "S47", "S48", "S49", "S50", "S41", "S42", "S63", "B8")
def test_a_list_is_sent_every_month_with_its_date_moved_on(facteur: Facteur) -> None:
    document = facteur.document()
    campaign = facteur.campaign(
        document,
        name="Liste mensuelle",
        recipients="client1@example.com, client2@example.com",
        separate=True,
        recurrence={"kind": "monthly", "day": 31, "time": "08:00"},
        auto_increment_date=True,
    )
    announced = facteur.occurrences(campaign["id"], 14)

    facteur.move_to("2042-03-01T12:00:00Z")

    printed = [f"{dt.date.fromisoformat(day):%d/%m/%Y}" for day in LAST_DAYS]
    assert [one["document_date"] for one in announced] == LAST_DAYS
    assert [one["local"] for one in announced] == [f"{day}T08:00" for day in LAST_DAYS]
    for address in ("client1@example.com", "client2@example.com"):
        mails = [mail for mail in facteur.mails() if mail.to == [address]]
        assert [mail.subject for mail in mails] == [f"Liste - {day}" for day in printed]
        assert [mail.filenames for mail in mails] == [
            [f"Liste de personnel Équipe Bercy {day}.pdf"] for day in LAST_DAYS
        ]
        for mail, day in zip(mails, printed, strict=True):
            assert day in mail.pdf_text()
    sends = facteur.history(f"campaign_id={campaign['id']}")
    assert [send["occurrence_at"] for send in sends] == [one["occurrence_at"] for one in announced]
    assert {(send["status"], send["origin"], send["late"]) for send in sends} == {
        ("sent", "campaign", False)
    }
    assert facteur.call("GET", f"/v1/documents/{document}")["date"] == "2041-01-31"


@pytest.mark.feature("S82", "S2", "S7", "S8", "S12", "S16", "S17")
def test_an_invoice_is_sent_at_once(facteur: Facteur) -> None:
    invoice = facteur.call("POST", "/v1/documents", INVOICE)
    form = facteur.call("GET", f"/v1/documents/{invoice['id']}/email")

    queued = facteur.call(
        "POST",
        "/v1/sends",
        {
            "document_ids": [invoice["id"]],
            "to": form["to"],
            "subject": form["subject"],
            "body": "Bonjour,\n\nMerci de votre confiance.",
        },
        status=202,
    )
    facteur.advance("PT1M")

    [mail] = facteur.mails()
    [send] = facteur.history()
    told = facteur.call("GET", f"/v1/sends/{send['id']}")["timeline"]
    assert mail.to == ["compta@dupont.example"]
    assert mail.subject == "Facture F-2041-0142 - Dupont BTP"
    assert mail.filenames == ["Facture F-2041-0142.pdf"]
    assert "Pose de cloisons" in mail.pdf_text()
    assert (send["id"], send["status"]) == (queued["id"], "sent")
    assert [entry["event"] for entry in told] == ["queued", "sent", "delivered"]
    assert facteur.call("GET", f"/v1/documents/{invoice['id']}")["status"] == "sent"


@pytest.mark.feature("S82", "S18", "S39", "S40", "S34", "S28", "S26")
def test_a_document_is_sent_every_week(facteur: Facteur) -> None:
    document = facteur.document()
    facteur.campaign(
        document,
        recipients=["client1@example.com", "client2@example.com"],
        copy_to_sender=True,
        recurrence={"kind": "weekly", "weekday": 5, "time": "17:30"},
    )

    facteur.advance("P4W")

    mails = facteur.mails()
    fridays = ["2041-01-18", "2041-01-25", "2041-02-01", "2041-02-08"]
    assert [mail.received_at[:16] for mail in mails] == [f"{day}T16:30" for day in fridays]
    for mail in mails:
        assert mail.subject == "Liste - 31/01/2041"
        assert sorted(mail.to) == [
            "client1@example.com",
            "client2@example.com",
            "demo@atelier-durand.example",
        ]
        assert "client" not in str(mail.message["To"])


@pytest.mark.feature("S38", "S43", "S44")
def test_without_recurrence_at_once_and_once_at_its_hour(facteur: Facteur) -> None:
    document = facteur.document()
    at_once = facteur.campaign(document, subject="Tout de suite", recurrence={"kind": "none"})
    once = facteur.campaign(
        document, subject="Plus tard", recurrence={"kind": "once", "at": "2041-01-17T09:30"}
    )

    facteur.advance("P1Y")

    mails = facteur.mails()
    assert [(mail.subject, mail.received_at[:16]) for mail in mails] == [
        ("Tout de suite", "2041-01-15T12:00"),
        ("Plus tard", "2041-01-17T08:30"),
    ]
    for campaign in (at_once, once):
        found = facteur.call("GET", f"/v1/campaigns/{campaign['id']}")
        assert (found["status"], found["next_run_at"]) == ("completed", None)
