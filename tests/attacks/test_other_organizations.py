"""Somebody calls every route with ids of another organization.

They administer an organization of their own and know every id of the other one. It must not
notice: nothing of it is told, and nothing of it changes.
"""

from copy import deepcopy

import pytest

from tests.functions.calling import ORGANIZATION, Api, event
from tests.functions.payloads import NAMES, fill, payload

STRANGER = event("settings_get")["requestContext"]["authorizer"]["jwt"]["claims"] | {
    "cognito:groups": "[admin]",
    "custom:organization": "autre",
    "email": "x@autre.example",
    "sub": "u2",
}


@pytest.mark.feature("B20")
@pytest.mark.parametrize("name", NAMES)
def test_ids_of_another_organization_lead_nowhere(name: str) -> None:
    api = Api()
    fill(api)
    data = api.store.of(ORGANIZATION)
    before, mailed = deepcopy(data), list(api.outbox.messages)
    sent = payload(name, api)
    sent["requestContext"]["authorizer"] = {"jwt": {"claims": STRANGER}}

    answer = api.handle(sent)

    if "{" in sent["routeKey"]:
        assert answer.status == 404
    ids = (*data.documents, *data.campaigns, *data.sends, *data.groups)
    if sent["routeKey"] != "GET /v1/openapi.json":  # its examples were made by the same clock
        assert not [each for each in ids if each in answer.text]
    assert data == before
    assert api.outbox.messages == mailed
