"""Two organizations use the same system, one of them as much as it may."""

import time

import pytest

from local.functions.pollers import CONCURRENCY
from tests.adapters.email.test_links import HOSTILE
from tests.e2e_api.facteur import INVOICE, Facteur

CROWD = 600
BATCH = 10


def sent(facteur: Facteur, *, domain: str) -> list[int]:
    """The numbers of the mails that left a domain, in the order in which SES took them."""
    rows = facteur.system.state.rows(
        "SELECT number FROM mails WHERE sender LIKE ? ORDER BY number", f"%@{domain}"
    )
    return [int(str(number)) for (number,) in rows]


@pytest.mark.feature("B46")
def test_a_single_mail_overtakes_the_flood_of_another_organization(facteur: Facteur) -> None:
    single = {**INVOICE, "number": "F-1"}
    facteur.sign_in("luc@boulangerie.example")
    invoice = facteur.document(single)
    facteur.sign_in("eve@flood.example")
    flood = {
        "document_ids": [facteur.document(single)],
        "to": "client@example.com",
        "bcc": [f"client{n}@example.com" for n in range(CROWD)],
        "separate": True,
        "subject": "Facture",
    }
    for body in HOSTILE[:2]:
        facteur.call("POST", "/v1/sends", {**flood, "body": body}, status=202)
    facteur.sign_in("luc@boulangerie.example")

    facteur.call(
        "POST",
        "/v1/sends",
        {"document_ids": [invoice], "to": "compta@example.org", "subject": "Facture", "body": "…"},
        status=202,
    )
    before = len(sent(facteur, domain="flood.example"))
    for _ in range(6_000):
        if own := sent(facteur, domain="boulangerie.example"):
            break
        time.sleep(0.01)

    assert len(own) == 1
    overtaken = 2 * (CROWD + 1) - before
    waited_for = sum(number < own[0] for number in sent(facteur, domain="flood.example")) - before
    assert overtaken > CROWD
    # What each poller had taken, and the batch that the mail itself is in, beside another.
    assert waited_for <= 2 * CONCURRENCY * BATCH
