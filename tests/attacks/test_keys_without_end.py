"""A field that becomes part of a key, without end.

The attacker names an ``owner`` of thousands of characters: as the key of an item DynamoDB refuses
it, which ended in an error 500. It is refused by its length, before anything is read.
"""

import pytest

from tests.functions.calling import INVOICE, Api


def campaign_of(document: str) -> dict[str, object]:
    return {
        "name": "Factures",
        "document_type": "invoice",
        "document_ids": [document],
        "recipients": "compta@dupont.example",
        "subject": "Facture",
        "body": "Bonjour",
        "recurrence": {"kind": "weekly", "weekday": 1, "time": "08:00"},
    }


@pytest.mark.parametrize("length", [129, 5_000, 100_000])
def test_an_owner_without_end_is_refused_by_its_length(api: Api, length: int) -> None:
    body = campaign_of(api.create(INVOICE, publish=True))
    created = api("POST", "/v1/campaigns", body).json
    owner = {"owner": "x" * length}

    answers = [
        api("PUT", f"/v1/campaigns/{created['id']}", body | {"version": 1} | owner),
        api("POST", "/v1/preview", body | owner),
    ]

    assert [(answer.status, answer.problems) for answer in answers] == [
        (422, {("owner", "too_long")})
    ] * 2


def test_the_owner_as_read_is_accepted(api: Api) -> None:
    body = campaign_of(api.create(INVOICE, publish=True))
    created = api("POST", "/v1/campaigns", body).json

    as_read = body | {"version": 1, "owner": created["owner"]}
    answer = api("PUT", f"/v1/campaigns/{created['id']}", as_read)

    assert answer.status == 200
