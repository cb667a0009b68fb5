"""The demo data of a system that is started for the first time."""

import pytest

from local.demo import fill
from tests.e2e_api.facteur import Facteur


@pytest.mark.feature("B19")
def test_the_demo_shows_documents_campaigns_and_a_history_with_one_failure(
    facteur: Facteur,
) -> None:
    fill(facteur.system)
    facteur.advance("PT5M")

    documents = facteur.call("GET", "/v1/documents")["items"]
    campaigns = facteur.call("GET", "/v1/campaigns")["items"]
    statuses = {document["type"]: set[str]() for document in documents}
    for document in documents:
        statuses[document["type"]].add(document["status"])
    assert statuses == {
        "staff_list": {"draft", "published"},
        "invoice": {"draft", "sent"},
        "purchase_order": {"sent"},
    }
    assert {campaign["status"] for campaign in campaigns} == {"active", "paused"}
    assert [send["status"] for send in facteur.history()] == ["sent", "failed"]
    assert not [
        warning
        for document in documents
        for warning in facteur.call("GET", f"/v1/documents/{document['id']}")["warnings"]
    ]


def test_the_demo_leaves_a_system_alone_that_has_been_used(facteur: Facteur) -> None:
    fill(facteur.system)
    facteur.advance("PT5M")
    facteur.stop()
    facteur.start()

    fill(facteur.system)

    assert len(facteur.call("GET", "/v1/documents")["items"]) == 5
