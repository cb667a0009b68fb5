"""Who may call, and that organizations are sealed from one another."""

from collections.abc import Mapping

import pytest

from facteur.domain.identity import Caller, OrgId, UserId
from facteur.domain.message import MessageEvent
from tests.functions.calling import INVOICE, ORGANIZATION, Api

OTHER = {"custom:organization": "autre", "sub": "u2", "email": "x@autre.example"}
ROUTES = [
    ("GET", "/v1/documents/{document}", None),
    ("PUT", "/v1/documents/{document}", INVOICE | {"version": 1}),
    ("DELETE", "/v1/documents/{document}", None),
    ("POST", "/v1/documents/{document}/publish", None),
    ("POST", "/v1/documents/{document}/unpublish", None),
    ("GET", "/v1/documents/{document}/pdf", None),
    ("GET", "/v1/documents/{document}/email", None),
    ("GET", "/v1/sends/{send}", None),
    ("POST", "/v1/sends/{send}/retry", None),
    ("GET", "/v1/sends/{send}/attachments/0", None),
    ("GET", "/v1/sends/{send}/messages/0", None),
]


def called(api: Api, claims: Mapping[str, object] | None) -> tuple[int, str]:
    caller = api.as_user()
    caller.claims = claims
    answer = caller("GET", "/v1/documents")
    return answer.status, answer.json.get("code", "")


@pytest.mark.feature("B20")
@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_what_belongs_to_another_organization_is_not_found(
    api: Api, method: str, path: str, body: object
) -> None:
    document_id = api.create(INVOICE)
    send_id = api.send(document_id)["id"]
    api.happens(send_id, MessageEvent.FAILED, code="address_rejected")
    path = path.format(document=document_id, send=send_id)

    answer = api.as_user(**OTHER)(method, path, body)

    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert document_id in api.store.of(ORGANIZATION).documents
    assert api.store.of(OrgId("autre")).sends == {}


@pytest.mark.feature("B20")
def test_lists_and_export_hold_nothing_of_another_organization(api: Api) -> None:
    document_id = api.create(INVOICE)
    api.send(document_id)
    stranger = api.as_user(**OTHER)

    assert stranger("GET", "/v1/documents").json["items"] == []
    assert stranger("GET", "/v1/sends", query={"document_id": document_id}).json["items"] == []
    assert len(stranger("GET", "/v1/sends.csv").text.splitlines()) == 1


@pytest.mark.feature("B20")
def test_numbers_and_keys_of_one_organization_are_free_in_another(api: Api) -> None:
    first = api("POST", "/v1/documents", INVOICE, idempotency_key="k1")

    other = api.as_user(**OTHER)("POST", "/v1/documents", INVOICE, idempotency_key="k1")

    assert other.status == 201
    assert other.json["id"] != first.json["id"]


@pytest.mark.feature("B20")
def test_organization_is_neither_in_a_body_nor_in_a_query_nor_in_a_header(api: Api) -> None:
    api.create(INVOICE)
    stranger = api.as_user(**OTHER)

    listed = stranger("GET", "/v1/documents", query={"organization": ORGANIZATION})
    headed = stranger("GET", "/v1/documents", x_organization=ORGANIZATION)
    created = stranger("POST", "/v1/documents", INVOICE | {"organization": ORGANIZATION})

    assert listed.problems == {("organization", "unknown_field")}
    assert headed.json["items"] == []
    assert created.problems == {("organization", "unknown_field")}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route[0]} {route[1]}")
@pytest.mark.parametrize("unknown", ["01KBX3V5TQ8ZJ4M6N2W9RHCE1D", "x", "0", "%00", "é", "'; --"])
def test_unknown_and_malformed_ids_are_not_found(
    api: Api, route: tuple[str, str, object], unknown: str
) -> None:
    method, path, body = route

    answer = api(method, path.format(document=unknown, send=unknown), body)

    assert answer.status == 404


@pytest.mark.feature("B23")
def test_known_client_acts_as_the_user_it_was_given(api: Api) -> None:
    api.store.clients_by_id["erp"] = Caller(
        ORGANIZATION, UserId("erp"), "erp@atelier-durand.example", "ERP"
    )
    document_id = api.create(INVOICE)
    host = api.as_user()
    host.claims = {"token_use": "access", "client_id": "erp", "scope": "other/x facteur/api"}

    send = host.send(document_id)

    assert (send["created_by"], send["from"]) == ("erp", "erp@atelier-durand.example")


@pytest.mark.feature("B23")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"token_use": "access", "client_id": "unknown"}, "client_unknown"),
        ({"token_use": "access"}, "client_unknown"),
        ({"token_use": "access", "client_id": "erp"}, "scope_missing"),
        ({"token_use": "access", "client_id": "erp", "scope": "openid"}, "scope_missing"),
        ({"token_use": "access", "client_id": "erp", "scope": "facteur/apis"}, "scope_missing"),
        ({"token_use": "access", "client_id": "erp", "scope": ["facteur/api"]}, "scope_missing"),
        ({"token_use": "refresh"}, "token_unknown"),
        ({"custom:organization": ""}, "token_unknown"),
        ({"custom:organization": "autre#SENDS"}, "token_unknown"),
        ({"custom:organization": "x" * 65}, "token_unknown"),
        ({"sub": ""}, "token_unknown"),
        ({"email_verified": "false"}, "email_not_verified"),
        ({"email_verified": None}, "email_not_verified"),
        ({"email": "claire"}, "email_not_verified"),
    ],
)
def test_token_that_names_nobody_is_refused(api: Api, change: dict[str, object], code: str) -> None:
    api.store.clients_by_id["erp"] = Caller(ORGANIZATION, UserId("erp"), "erp@x.example", "ERP")

    assert called(api, {**(api.claims or {}), **change}) == (401, code)


@pytest.mark.parametrize("claims", [{}, None])
def test_request_without_claims_is_refused(api: Api, claims: Mapping[str, object] | None) -> None:
    assert called(api, claims) == (401, "token_unknown")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Claire Durand", "Claire Durand"),
        ("", "claire"),
        ("Claire\r\nBcc: x@y.example", "claire"),
        ("x" * 101, "claire"),
    ],
)
def test_name_of_the_token_is_shown_when_it_may_stand_in_a_header(
    api: Api, name: str, shown: str
) -> None:
    assert api.as_user(name=name)("GET", "/v1/profile").json["name"] == shown
