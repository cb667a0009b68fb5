"""Administrators and members of one organization, over HTTP."""

import pytest

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.settings import DynamoSettings
from facteur.adapters.dynamodb.table import Table
from facteur.domain.identity import OrgId
from facteur.services.people import administrators_of
from tests.e2e_api.facteur import INVOICE, Facteur
from tests.support.client import DEMO


def administrators(facteur: Facteur) -> list[str]:
    """Whom workers find to be an administrator of the demo organization."""
    table = Table(facteur.client("dynamodb"), "facteur-local-Table")
    settings = DynamoSettings(table, Keys(OrgId("atelier-durand")))
    return [profile.email for profile in administrators_of(settings)]


@pytest.mark.feature("B43")
def test_member_reads_settings_and_sends_and_an_administrator_changes_them(
    facteur: Facteur,
) -> None:
    facteur.sign_in(role="member")
    settings = facteur.call("GET", "/v1/settings")

    refused = facteur.call("PUT", "/v1/settings", settings | {"iban": "FR76"}, status=403)
    document = facteur.call("POST", "/v1/documents", INVOICE)
    facteur.call(
        "POST", "/v1/sends", {"document_ids": [document["id"]], "to": "compta@dupont.example"}
    )
    facteur.sign_in(role="admin")
    changed = facteur.call("PUT", "/v1/settings", settings | {"name": "Durand et fils"})

    assert refused["code"] == "admin_only"
    assert "administrateur" in refused["detail"]
    assert changed == settings | {"name": "Durand et fils", "version": changed["version"]}


@pytest.mark.feature("B43")
def test_caller_knows_their_role_and_workers_find_the_administrators(facteur: Facteur) -> None:
    administrator = facteur.call("GET", "/v1/me")
    first = administrators(facteur)
    facteur.sign_in(role="member")
    member, then = facteur.call("GET", "/v1/me"), administrators(facteur)
    client = facteur.call("POST", "/local/login", {"client": "erp"})["token"]
    facteur.http.headers["Authorization"] = f"Bearer {client}"
    application = facteur.call("GET", "/v1/me")

    assert administrator["organization"] == "atelier-durand"
    assert (administrator["role"], first) == ("admin", [DEMO])
    assert member == administrator | {"role": "member"}
    assert (application, then) == (member, [])
