"""The HTTP API of the local mode: events and token checks are those of API Gateway."""

import base64
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from local.web.tokens import person_of
from tests.local.conftest import Running
from tests.support.client import DEMO


def test_event_carries_method_path_parameters_and_query(running: Running) -> None:
    response = running.http.get(
        "/echo/caf%C3%A9?a=1&a=2&b=x%20y", headers={**running.sign_in(), "X-Twice": "1"}
    )

    event = response.json()["event"]
    assert event["version"] == "2.0"
    assert event["routeKey"] == "ANY /echo/{name}"
    assert event["rawPath"] == "/echo/caf%C3%A9"
    assert event["rawQueryString"] == "a=1&a=2&b=x%20y"
    assert event["queryStringParameters"] == {"a": "1,2", "b": "x y"}
    assert event["pathParameters"] == {"name": "café"}
    assert event["headers"]["x-twice"] == "1"
    assert event["requestContext"]["http"]["method"] == "GET"
    assert event["requestContext"]["stage"] == "$default"


def test_cookies_travel_apart_from_headers_both_ways(running: Running) -> None:
    response = running.http.get("/open", headers={"Cookie": "one=1; two=2"})

    event = response.json()["event"]
    assert event["cookies"] == ["one=1", "two=2"]
    assert "cookie" not in event["headers"]
    assert response.headers.get_list("set-cookie") == ["a=1; Path=/", "b=2"]


def test_claims_are_text_as_api_gateway_hands_them_over(running: Running) -> None:
    response = running.http.get("/echo/x", headers=running.sign_in())

    claims = response.json()["event"]["requestContext"]["authorizer"]["jwt"]["claims"]
    assert claims["email"] == "demo@atelier-durand.example"
    assert claims["email_verified"] == "true"
    assert claims["custom:organization"] == "atelier-durand"
    assert claims["token_use"] == "id"
    assert all(isinstance(value, str) for value in claims.values())


@pytest.mark.feature("B43")
@pytest.mark.parametrize(
    ("login", "groups"),
    [({}, "[admin]"), ({"role": "admin"}, "[admin]"), ({"role": "member"}, None)],
)
def test_groups_of_a_person_are_text_as_api_gateway_hands_them_over(
    running: Running, login: dict[str, str], groups: str | None
) -> None:
    token = running.http.post("/local/login", json={"email": DEMO} | login).json()["token"]

    response = running.http.get("/echo/x", headers={"Authorization": f"Bearer {token}"})

    claims = response.json()["event"]["requestContext"]["authorizer"]["jwt"]["claims"]
    assert claims.get("cognito:groups") == groups


def test_login_with_an_unknown_role_is_refused(running: Running) -> None:
    response = running.http.post("/local/login", json={"email": DEMO, "role": "owner"})

    assert response.status_code == 422
    assert "admin|member" in response.json()["detail"]


@pytest.mark.parametrize(
    ("media_type", "content", "is_encoded"),
    [
        ("application/json", b'{"a": 1}', False),
        ("application/x-www-form-urlencoded", b'{"a": 1}', False),
        ("application/octet-stream", b"\x00\xff", True),
        ("application/json", b"\xff", True),
    ],
)
def test_binary_bodies_are_base64(
    running: Running, media_type: str, content: bytes, is_encoded: bool
) -> None:
    headers = {**running.sign_in(), "Content-Type": media_type}

    event = running.http.post("/echo/x", content=content, headers=headers).json()["event"]

    assert event["isBase64Encoded"] is is_encoded
    expected = base64.b64encode(content).decode() if is_encoded else content.decode()
    assert event["body"] == expected


def test_fixed_path_wins_over_a_parameter(running: Running) -> None:
    response = running.http.get("/echo/fixed", headers=running.sign_in())

    assert response.json()["event"]["routeKey"] == "GET /echo/fixed"


def test_function_sees_its_own_variables_and_no_others(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OF_THE_SHELL", "1")

    variables = running.http.get("/open").json()["variables"]

    assert variables["ONLY_ECHO"] == "1"
    assert variables["TABLE_NAME"] == "facteur-local-Table"
    assert not {"ONLY_WORK", "OF_THE_SHELL", "HOME"} & set(variables)


def test_function_knows_how_much_time_it_has(running: Running) -> None:
    milliseconds = running.http.get("/open").json()["milliseconds"]

    assert 0 < milliseconds <= 10_000


def test_function_that_raises_is_a_500_that_shows_nothing(running: Running) -> None:
    response = running.http.get("/fail", headers=running.sign_in())

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["request_id"]
    assert "failing on purpose" not in response.text


def test_unknown_route_is_a_404_problem(running: Running) -> None:
    response = running.http.get("/v1/nothing", headers=running.sign_in())

    assert response.status_code == 404
    assert response.json()["code"] == "route_not_found"


def claims(**changes: object) -> dict[str, object]:
    return {
        "iss": "https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_UserPool",
        "aud": "localclient",
        "token_use": "id",
        "exp": int(time.time()) + 60,
        **changes,
    }


def statuses(running: Running, *bodies: dict[str, object], kid: object = "local") -> list[int]:
    """How requests with tokens of these claims are answered, signed with the right key."""
    key = running.system.tokens._key
    headers = {} if kid is None else {"kid": kid}
    tokens = [jwt.encode(body, key, algorithm="RS256", headers=headers) for body in bodies]
    return [
        running.http.get("/echo/x", headers={"Authorization": f"Bearer {token}"}).status_code
        for token in tokens
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1},
        {"exp": float("inf")},
        {"exp": [1]},
        {"nbf": int(time.time()) + 600},
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"aud": ["another", "one more"]},
        {"aud": []},
        {"aud": [["localclient"]]},
        {"aud": {"localclient": 1}},
        {"aud": "another", "client_id": "localclient"},
        {"aud": None, "client_id": ["another"]},
    ],
)
def test_token_of_another_time_place_or_client_is_refused(
    running: Running, changes: dict[str, object]
) -> None:
    assert statuses(running, claims(), claims(**changes)) == [200, 401]


def test_token_for_several_clients_is_for_each_of_them(running: Running) -> None:
    assert statuses(running, claims(aud=["another", "localclient"])) == [200]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "jeton"), ("en-GB, fr;q=0.5", "token"), ("", "jeton")]
)
def test_a_refusal_is_in_the_language_of_the_reader(
    running: Running, language: str, words: str
) -> None:
    answer = running.http.get("/echo/x", headers={"Accept-Language": language})

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("kid", ["another", "", None])
def test_token_of_a_key_that_is_not_listed_is_refused(running: Running, kid: object) -> None:
    assert statuses(running, claims(), kid=kid) == [401]


def test_token_with_another_signature_or_none_is_refused(running: Running) -> None:
    other = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().strip("=")
    body = base64.urlsafe_b64encode(json.dumps(claims()).encode()).decode().strip("=")
    forged = [jwt.encode(claims(), other, algorithm="RS256"), f"{head}.{body}.", "nonsense"]

    responses = [
        running.http.get("/echo/x", headers={"Authorization": f"Bearer {token}"})
        for token in forged
    ]

    assert {response.status_code for response in responses} == {401}
    assert responses[0].headers["content-type"] == "application/problem+json"


def test_every_address_but_the_demo_ones_is_its_own_organization() -> None:
    durand, other = person_of("demo@atelier-durand.example"), person_of("demo@autre.example")
    strangers = [person_of("Ann.Lee@x.example"), person_of("bob@x.example")]

    organizations = {person.organization for person in (durand, other, *strangers)}

    assert len(organizations) == 4
    assert strangers[0] == person_of("ann.lee@X.example")
    assert strangers[0].name == "Ann Lee"
