"""Groups and known addresses, on the whole system with the policies of its template."""

from typing import Any

import pytest

from tests.e2e_api.facteur import INVOICE, Facteur

BOUNCE, SUCCESS = "bounce@simulator.amazonses.com", "success@simulator.amazonses.com"


def proposed(facteur: Facteur, typed: str) -> dict[str, Any]:
    items = facteur.call("GET", f"/v1/recipients?q={typed}")["items"]
    return {one["address"]: one for one in items}


def warnings(facteur: Facteur, document: str, to: str) -> set[str]:
    preview = facteur.call("POST", "/v1/preview", {"document_ids": [document], "to": to})
    return {warning["code"] for warning in preview["warnings"]}


@pytest.mark.feature("B33", "B34", "B35", "B36")
def test_a_campaign_to_a_group_leaves_addresses_known_and_the_lost_one_flagged(
    facteur: Facteur,
) -> None:
    contacts = [{"address": BOUNCE, "name": "Chantier Bercy"}, {"address": SUCCESS}]
    group = facteur.call("POST", "/v1/groups", {"name": "Sites", "addresses": contacts})
    document = facteur.document()
    campaign = facteur.campaign(document, recipients=[], groups=[group["id"]], separate=True)
    in_use = facteur.call("DELETE", f"/v1/groups/{group['id']}", status=409)

    facteur.move_to(campaign["next_run_at"])
    facteur.advance("PT1M")

    (sent,) = facteur.history(f"campaign_id={campaign['id']}")
    known = proposed(facteur, "ber")
    assert in_use["code"] == "group_in_use"
    assert (sent["recipient_count"], sent["failed_count"]) == (2, 1)
    assert known.keys() == {BOUNCE}
    assert (known[BOUNCE]["name"], known[BOUNCE]["state"]) == ("Chantier Bercy", "bounced")
    assert known[BOUNCE]["last_sent_at"] == sent["queued_at"]
    assert proposed(facteur, "suc")[SUCCESS]["state"] == "ok"
    assert "recipient_bounced" in warnings(facteur, document, BOUNCE)
    assert "already_sent" not in warnings(facteur, document, BOUNCE)
    assert warnings(facteur, document, SUCCESS) >= {"already_sent"}


@pytest.mark.feature("B33", "B35")
def test_a_person_who_writes_by_hand_is_proposed_whom_they_wrote_to(facteur: Facteur) -> None:
    document = facteur.document(INVOICE)
    body = {"document_ids": [document], "to": "compta@dupont.example", "cc": [BOUNCE]}
    facteur.call("POST", "/v1/sends", body, status=202)
    facteur.advance("PT1M")

    assert proposed(facteur, "dupont%20btp").keys() == {"compta@dupont.example"}
    assert proposed(facteur, "bounce")[BOUNCE]["state"] == "bounced"
    facteur.sign_in("demo@autre.example")
    assert proposed(facteur, "dupont") == {}
    assert warnings(facteur, facteur.document(INVOICE), BOUNCE) & {"recipient_bounced"} == set()
