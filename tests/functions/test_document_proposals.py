"""Copies of documents, the next number, and known clients and suppliers."""

from typing import Any

import pytest

from tests.functions.calling import INVOICE, ORDER, STAFF_LIST, Api
from tests.functions.test_uploads import PDF, UPLOADED_INVOICE

UNKNOWN = "01KBX3V5TQ8ZJ4M6N2W9RHCE1D"


def next_number(api: Api, kind: str = "invoice") -> str:
    answer = api("GET", "/v1/documents/next-number", query={"type": kind})
    assert answer.status == 200, answer.text
    number: str = answer.json["number"]
    return number


def duplicated(api: Api, document_id: str, key: str = "") -> Any:
    path = f"/v1/documents/{document_id}/duplicate"
    answer = api("POST", path, idempotency_key=key) if key else api("POST", path)
    assert answer.status == 201, answer.text
    return answer.json


@pytest.mark.feature("B40")
@pytest.mark.parametrize(
    ("last", "proposed"),
    [
        ("F-2026-0142", "F-2026-0143"),
        ("F-2026-0999", "F-2026-1000"),
        ("0142/2026", "0143/2026"),
        ("2026", "2027"),
        ("F-9b", "F-10b"),
        ("Solde", ""),
        ("1" * 16, ""),
        ("A" * 49 + "9", ""),
    ],
)
def test_next_number_follows_the_pattern_of_the_last(api: Api, last: str, proposed: str) -> None:
    api.create(INVOICE | {"number": last})

    assert next_number(api) == proposed


@pytest.mark.feature("B40")
def test_first_document_has_no_number_to_follow(api: Api) -> None:
    api.create(ORDER)

    assert next_number(api) == ""


@pytest.mark.feature("B40")
def test_year_of_the_last_document_becomes_this_one_and_the_count_begins_again(api: Api) -> None:
    api.create(INVOICE | {"number": "F-2025-0318", "date": "2025-12-30"})

    assert next_number(api) == "F-2026-0001"

    api.create(INVOICE | {"number": "F-2026-0001", "date": "2026-01-04"})
    assert next_number(api) == "F-2026-0002"


@pytest.mark.feature("B40")
def test_number_that_is_taken_is_not_proposed(api: Api) -> None:
    for number in ("F-7", "F-12", "G-1", "f-13", "F-3"):
        api.create(INVOICE | {"number": number})

    assert next_number(api) == "F-14"


@pytest.mark.feature("B40")
def test_copy_is_a_draft_of_today_with_the_next_number(api: Api) -> None:
    dates = {"date": "2026-11-01", "due_date": "2026-12-01", "delivery_date": "2026-10-30"}
    original = api("POST", "/v1/documents", INVOICE | dates).json
    api("POST", f"/v1/documents/{original['id']}/publish")

    copy = duplicated(api, original["id"])

    assert copy["id"] != original["id"]
    changed = {key: value for key, value in copy.items() if original[key] != value}
    assert changed == {
        "id": copy["id"],
        "number": "F-2026-0143",
        "name": "Facture F-2026-0143",
        "date": "2026-11-24",
        "due_date": "2026-12-24",
        "delivery_date": None,
    }
    assert api("GET", f"/v1/documents/{copy['id']}").json == copy


@pytest.mark.feature("B40")
def test_copy_keeps_a_name_that_somebody_chose(api: Api) -> None:
    assert duplicated(api, api.create(INVOICE | {"name": "Solde"}))["name"] == "Solde"
    copy = duplicated(api, api.create(STAFF_LIST))
    assert (copy["name"], copy["number"]) == ("Équipe Bercy", "LP-2026-12")
    assert duplicated(api, api.create(STAFF_LIST | {"number": ""}))["number"] == ""


@pytest.mark.feature("B40")
def test_repeated_request_gets_the_copy_as_it_is_now(api: Api) -> None:
    original = api.create(INVOICE)

    first = duplicated(api, original, "k")
    again = duplicated(api, original, "k")
    api("DELETE", f"/v1/documents/{first['id']}")
    gone = api("POST", f"/v1/documents/{original}/duplicate", idempotency_key="k")

    assert again == first
    assert (gone.status, gone.json["code"]) == (409, "copy_deleted")


@pytest.mark.feature("B40")
def test_what_cannot_be_copied_says_so(api: Api) -> None:
    upload = api.create(UPLOADED_INVOICE | {"upload_id": api.upload(PDF)})
    uncounted = api.create(INVOICE | {"number": "Solde"})

    answers = [
        api("POST", f"/v1/documents/{document_id}/duplicate")
        for document_id in (upload, uncounted, UNKNOWN)
    ]

    assert [(answer.status, answer.json["code"]) for answer in answers] == [
        (409, "upload_not_copied"),
        (409, "no_number_follows"),
        (404, "document_not_found"),
    ]


@pytest.mark.feature("B40")
def test_known_clients_are_found_by_the_words_of_their_names_latest_first(api: Api) -> None:
    dupont = {"name": "Dupont BTP", "address": ["1 rue A"], "email": "a@dupont.example"}
    moved = dupont | {"address": ["2 rue B"], "siren": "732829320"}
    clients = [dupont, {"name": "Grand Dupré"}, {"name": "Martin"}, moved, {"name": "Le Dû"}]
    for n, client in enumerate(clients):
        api.create(INVOICE | {"number": f"F-{n}", "client": client})
    api.create(ORDER | {"supplier": {"name": "Duval"}})

    def found(typed: str, kind: str = "invoice") -> list[str]:
        answer = api("GET", "/v1/parties", query={"type": kind, "q": typed})
        return [party["name"] for party in answer.json["items"]]

    first = api("GET", "/v1/parties", query={"type": "invoice", "q": "DUPONT b"}).json["items"]
    assert first == [{**moved, "vat_number": ""}]
    assert found("dup") == ["Dupont BTP", "Grand Dupré"]
    assert found("") == ["Le Dû", "Dupont BTP", "Martin", "Grand Dupré"]
    assert found("F-1") == []
    assert found("du") == ["Dupont BTP", "Le Dû", "Grand Dupré"]
    assert found("d b") == ["Dupont BTP"]
    assert found("du", "purchase_order") == ["Duval"]
    assert found("", "staff_list") == []


@pytest.mark.feature("B40")
def test_at_most_ten_clients_are_proposed(api: Api) -> None:
    for n in range(12):
        api.create(INVOICE | {"number": f"F-{n}", "client": {"name": f"Client {n}"}})

    answer = api("GET", "/v1/parties", query={"type": "invoice", "q": "client"})

    assert len(answer.json["items"]) == 10


def test_clients_of_others_are_not_proposed(api: Api) -> None:
    api.create(INVOICE)
    other = api.as_user(**{"custom:organization": "autre", "sub": "u9"})

    assert other("GET", "/v1/parties", query={"type": "invoice"}).json == {"items": []}
    assert next_number(other) == ""


@pytest.mark.parametrize("path", ["/v1/parties", "/v1/documents/next-number"])
def test_type_is_needed(api: Api, path: str) -> None:
    assert api("GET", path).problems == {("type", "required")}
    assert api("GET", path, query={"type": "note"}).problems == {("type", "not_allowed")}
