"""Somebody without the right tries to change what belongs to the whole organization.

They hold a valid token of the organization: a member's, one with a claim that only resembles an
administrator's, or a host application's. Their colleagues must not notice: the settings stay, and
everything that members do goes on.
"""

from collections.abc import Mapping
from copy import deepcopy
from enum import StrEnum, auto
from typing import Any

import pytest

from facteur.domain.identity import UserRole
from local.template.data import text
from scripts.openapi import document
from tests.functions.calling import CLAIRE, ORGANIZATION, Api, event
from tests.functions.payloads import HOST, NAMES, fill, payload
from tests.template.declared import events


class For(StrEnum):
    """Whom a route is for."""

    ADMINISTRATORS = auto()
    MEMBERS = auto()
    """Everybody of the organization, host applications included."""
    ANYBODY = auto()
    """Also without a token."""


ROUTES: Mapping[str, For] = {
    "GET /v1/campaigns": For.MEMBERS,
    "POST /v1/campaigns": For.MEMBERS,
    "GET /v1/campaigns/{id}": For.MEMBERS,
    "PUT /v1/campaigns/{id}": For.MEMBERS,
    "DELETE /v1/campaigns/{id}": For.MEMBERS,
    "POST /v1/campaigns/{id}/pause": For.MEMBERS,
    "POST /v1/campaigns/{id}/resume": For.MEMBERS,
    "POST /v1/campaigns/{id}/run": For.MEMBERS,
    "POST /v1/campaigns/{id}/skip": For.MEMBERS,
    "POST /v1/campaigns/{id}/unskip": For.MEMBERS,
    "POST /v1/campaigns/{id}/test": For.MEMBERS,
    "POST /v1/campaigns/{id}/duplicate": For.MEMBERS,
    "GET /v1/campaigns/{id}/occurrences": For.MEMBERS,
    "POST /v1/campaigns/occurrences": For.MEMBERS,
    "GET /v1/upcoming": For.MEMBERS,
    "GET /v1/documents": For.MEMBERS,
    "POST /v1/documents": For.MEMBERS,
    "POST /v1/documents/uploads": For.MEMBERS,
    "GET /v1/documents/next-number": For.MEMBERS,
    "POST /v1/documents/{id}/duplicate": For.MEMBERS,
    "GET /v1/parties": For.MEMBERS,
    "POST /v1/documents/preview": For.MEMBERS,
    "GET /v1/documents/{id}": For.MEMBERS,
    "PUT /v1/documents/{id}": For.MEMBERS,
    "DELETE /v1/documents/{id}": For.MEMBERS,
    "POST /v1/documents/{id}/publish": For.MEMBERS,
    "POST /v1/documents/{id}/unpublish": For.MEMBERS,
    "GET /v1/documents/{id}/pdf": For.MEMBERS,
    "GET /v1/documents/{id}/email": For.MEMBERS,
    "POST /v1/preview": For.MEMBERS,
    "GET /v1/sends": For.MEMBERS,
    "POST /v1/sends": For.MEMBERS,
    "GET /v1/sends.csv": For.MEMBERS,
    "GET /v1/sends/{id}": For.MEMBERS,
    "POST /v1/sends/{id}/retry": For.MEMBERS,
    "POST /v1/sends/{id}/resolve": For.MEMBERS,
    "POST /v1/sends/{id}/reopen": For.MEMBERS,
    "GET /v1/sends/{id}/attachments/{n}": For.MEMBERS,
    "GET /v1/sends/{id}/messages/{n}": For.MEMBERS,
    "GET /v1/recipients": For.MEMBERS,
    "GET /v1/groups": For.MEMBERS,
    "POST /v1/groups": For.MEMBERS,
    "GET /v1/groups/{id}": For.MEMBERS,
    "PUT /v1/groups/{id}": For.MEMBERS,
    "DELETE /v1/groups/{id}": For.MEMBERS,
    "GET /v1/me": For.MEMBERS,
    "GET /v1/settings": For.MEMBERS,
    "PUT /v1/settings": For.ADMINISTRATORS,
    "GET /v1/profile": For.MEMBERS,
    "PUT /v1/profile": For.MEMBERS,
    "GET /v1/webhooks": For.ADMINISTRATORS,
    "POST /v1/webhooks": For.ADMINISTRATORS,
    "GET /v1/webhooks/{id}": For.ADMINISTRATORS,
    "PUT /v1/webhooks/{id}": For.ADMINISTRATORS,
    "DELETE /v1/webhooks/{id}": For.ADMINISTRATORS,
    "POST /v1/webhooks/{id}/rotate": For.ADMINISTRATORS,
    "POST /v1/webhooks/{id}/test": For.ADMINISTRATORS,
    "GET /v1/webhooks/{id}/deliveries": For.ADMINISTRATORS,
    "POST /v1/webhooks/{id}/deliveries/{delivery}/replay": For.ADMINISTRATORS,
    "GET /v1/openapi.json": For.ANYBODY,
}
"""Whom each route is for. A new route fails the first test below until it stands here."""

type Claims = dict[str, Any]

PERSON: Claims = event("settings_get")["requestContext"]["authorizer"]["jwt"]["claims"]
ADMINISTRATOR: Claims = PERSON | {"cognito:groups": "[reviewers admin]"}
APPLICATION: Claims = {"token_use": "access", "client_id": HOST, "scope": "facteur/api"}
MEMBERS: Mapping[str, Claims] = {
    "no group": PERSON,
    "empty list": PERSON | {"cognito:groups": "[]"},
    "other groups": PERSON | {"cognito:groups": "[administrators admin-assistants Admin]"},
    "claims of another name": PERSON
    | {"groups": "[admin]", "role": "admin", "custom:role": "admin", "custom:groups": "[admin]"},
    "application": APPLICATION,
    "application with the group": APPLICATION | {"cognito:groups": "[admin]"},
}


def answered(api: Api, name: str, claims: Claims | None, **changes: object) -> tuple[int, str]:
    """Status and code of the answer to a payload that comes with these claims."""
    sent = payload(name, api) | changes
    sent["requestContext"]["authorizer"] = {"jwt": {"claims": claims}}
    answer = api.handle(sent)
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    return answer.status, answer.json["code"] if is_problem else ""


def test_each_route_of_the_template_has_a_decision() -> None:
    declared = {
        f"{text(each['Method'])} {text(each['Path'])}"
        for function, each in events("HttpApi")
        if function != "ConsoleFunction"
    }

    assert declared == ROUTES.keys()


def test_description_names_the_routes_that_are_for_administrators() -> None:
    described = {
        f"{method.upper()} {path}"
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        if "403" in operation["responses"]
    }

    assert described == {route for route, whom in ROUTES.items() if whom is For.ADMINISTRATORS}


@pytest.mark.feature("B43")
@pytest.mark.parametrize("who", ["administrator", "nobody", *MEMBERS])
@pytest.mark.parametrize("name", NAMES)
def test_route_is_for_whom_it_was_decided(name: str, who: str) -> None:
    api = Api()
    fill(api)
    before = deepcopy(api.store.of(ORGANIZATION))
    claims = {"administrator": ADMINISTRATOR, "nobody": None, **MEMBERS}[who]

    status, code = answered(api, name, claims)

    whom = ROUTES[event(name)["routeKey"]]
    if whom is For.ANYBODY or (whom is For.MEMBERS and who != "nobody") or who == "administrator":
        assert status < 400
    else:
        assert (status, code) == (
            (401, "token_unknown") if who == "nobody" else (403, "admin_only")
        )
        assert api.store.of(ORGANIZATION) == before


@pytest.mark.feature("B43")
@pytest.mark.parametrize("body", ["", "{", '{"role": "admin"}', "[" * 100_000])
def test_member_learns_nothing_from_a_body_that_is_refused_unread(body: str) -> None:
    api = Api()
    fill(api)

    assert answered(api, "settings_replace", PERSON, body=body) == (403, "admin_only")


@pytest.mark.feature("B43")
@pytest.mark.parametrize(
    "change",
    [
        {"queryStringParameters": {"role": "admin"}},
        {"headers": {"x-role": "admin", "cognito:groups": "[admin]", "x-cognito-groups": "admin"}},
    ],
)
def test_role_is_neither_in_a_query_nor_in_a_header(change: dict[str, object]) -> None:
    api = Api()
    fill(api)

    assert answered(api, "settings_replace", PERSON, **change) == (403, "admin_only")


@pytest.mark.feature("B43")
def test_profile_neither_gives_nor_takes_a_role() -> None:
    api = Api()
    member = api.as_user(**{"cognito:groups": "[]"})

    refused = member("PUT", "/v1/profile", {"name": "Claire", "role": "admin", "version": 0})
    saved = member("PUT", "/v1/profile", {"name": "Claire", "version": 0})

    assert refused.problems == {("role", "unknown_field")}
    assert saved.status == 200
    assert member("GET", "/v1/me").json["role"] == "member"
    assert member("PUT", "/v1/settings", {"name": "x", "version": 1}).status == 403


@pytest.mark.feature("B43")
def test_application_that_acts_as_an_administrator_leaves_them_one() -> None:
    api = Api()
    api.store.clients_by_id[HOST] = CLAIRE
    api("GET", "/v1/me")
    host = api.as_user()
    host.claims = APPLICATION

    me = host("GET", "/v1/me").json
    settings = host("PUT", "/v1/settings", {"name": "x", "version": 1})

    assert (me["user"], me["role"]) == (CLAIRE.user, "member")
    assert (settings.status, settings.json["code"]) == (403, "admin_only")
    assert api.store.of(ORGANIZATION).profiles[CLAIRE.user].role is UserRole.ADMIN
