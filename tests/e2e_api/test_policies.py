"""Routes under the template's IAM policies: the local mode refuses what they do not allow."""

from tests.e2e_api.facteur import LIST, Facteur


def test_every_route_of_campaigns_is_within_its_policy(facteur: Facteur) -> None:
    document = facteur.document()
    campaign = facteur.campaign(document)
    path = f"/v1/campaigns/{campaign['id']}"

    for action in ("test", "run", "skip", "unskip", "pause", "resume", "duplicate"):
        facteur.call("POST", f"{path}/{action}")
    read = facteur.call("GET", path)
    changed = facteur.call("PUT", path, read | {"name": "Autre nom"})
    for list_of in ("", "?status=active", "?status=paused"):
        facteur.call("GET", f"/v1/campaigns{list_of}")
    facteur.occurrences(campaign["id"], 3)
    facteur.call("GET", "/v1/upcoming")
    facteur.call("DELETE", path)

    assert changed["name"] == "Autre nom"


def test_documents_know_their_campaigns_within_their_policy(facteur: Facteur) -> None:
    document = facteur.document()
    facteur.campaign(document)

    refused = facteur.call("DELETE", f"/v1/documents/{document}", status=409)
    facteur.call("POST", f"/v1/documents/{document}/unpublish")
    other = facteur.call("POST", "/v1/documents", LIST | {"number": "LP-2"})
    facteur.call("DELETE", f"/v1/documents/{other['id']}")

    assert refused["code"] == "document_in_use"


def test_an_unsaved_document_is_previewed_within_its_policy(facteur: Facteur) -> None:
    shown = facteur.call("POST", "/v1/documents/preview", LIST | {"name": "Pas encore"})

    assert facteur.http.get(shown["url"]).content.startswith(b"%PDF-")


def test_an_unsaved_campaign_is_previewed_within_its_policy(facteur: Facteur) -> None:
    draft = {
        "name": "Essai",
        "document_type": "staff_list",
        "document_ids": [facteur.document()],
        "recipients": "client1@example.com",
        "subject": "Liste - {date}",
        "body": "Bonjour,",
        "recurrence": {"kind": "monthly", "day": 31, "time": "08:00"},
        "timezone": "Europe/Paris",
    }

    preview = facteur.call("POST", "/v1/preview", draft)

    assert preview["subject"] == "Liste - 31/01/2041"
    assert len(preview["occurrences"]) == 12
