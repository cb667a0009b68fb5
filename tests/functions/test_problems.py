"""Errors as RFC 9457 problems, whatever is sent."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facteur.domain.errors import StoreThrottledError
from tests.functions.calling import INVOICE, ORDER, STAFF_LIST, Api, event

WRITING = [
    ("POST", "/v1/documents"),
    ("POST", "/v1/documents/preview"),
    ("POST", "/v1/sends"),
    ("POST", "/v1/preview"),
    ("PUT", "/v1/settings"),
    ("PUT", "/v1/profile"),
]


def test_problem_has_the_members_of_the_rfc_and_ours(api: Api) -> None:
    answer = api("POST", "/v1/sends", {})

    problem = answer.json
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "urn:facteur:problem:validation_failed"
    assert problem["status"] == answer.status == 422
    assert problem["code"] == "validation_failed"
    assert problem["request_id"]
    assert problem["title"]
    assert problem["detail"]
    assert problem["errors"][0].keys() == {"field", "code", "message"}


@pytest.mark.feature("S83")
@pytest.mark.feature("B18")
@pytest.mark.parametrize(
    ("accepted", "message"),
    [
        ("", "Ce champ est obligatoire."),
        ("fr", "Ce champ est obligatoire."),
        ("de", "Ce champ est obligatoire."),
        ("en", "This field is required."),
        ("en-GB,en;q=0.9", "This field is required."),
        ("de, en;q=0.5, fr;q=0.4", "This field is required."),
        ("en;q=0.3,fr;q=0.8", "Ce champ est obligatoire."),
        ("en;q=0", "Ce champ est obligatoire."),
        ("en;q=x,;;,*", "Ce champ est obligatoire."),
    ],
)
def test_sentences_are_french_unless_english_is_chosen(
    api: Api, accepted: str, message: str
) -> None:
    answer = api("POST", "/v1/sends", {}, accept_language=accepted)

    assert answer.json["errors"][0]["message"] == message


@pytest.mark.parametrize(("method", "path"), WRITING)
@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "{",
        "[]",
        "null",
        "5",
        '"text"',
        '{"a": NaN}',
        '{"a": -Infinity}',
        "[" * 100_000,
        "1" * 5_000,
        "\ud800",
        '{"\\ud800": "\\udfff"}',
        '{"name": "\\ud800", "type": "\\ud800", "to": "\\ud800", "subject": "\\ud800"}',
    ],
)
def test_body_that_is_no_request_is_refused(api: Api, method: str, path: str, body: str) -> None:
    answer = api(method, path, body)

    assert answer.status == 422
    assert answer.json["errors"]


def test_body_may_come_in_base64(api: Api) -> None:
    payload = event("documents_create_staff_list")
    payload |= {"body": "eyJ0eXBlIjoieCJ9", "isBase64Encoded": True}
    broken = payload | {"body": "%%%"}

    assert api.handle(payload).problems == {("type", "not_allowed")}
    assert api.handle(broken).problems == {("", "json_invalid")}


def test_body_that_is_too_large_is_refused(api: Api) -> None:
    answer = api("POST", "/v1/documents", {"notes": "x" * 2_100_000})

    assert (answer.status, answer.json["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/documents/"), ("PATCH", "/v1/documents"), ("GET", "/v1/sends/a/b/c/d")],
)
def test_unknown_route_is_a_problem_too(api: Api, method: str, path: str) -> None:
    answer = api(method, path)

    assert (answer.status, answer.json["code"]) == (404, "route_not_found")


def test_throttled_store_asks_to_come_again(api: Api) -> None:
    def throttled(_: str) -> None:
        raise StoreThrottledError("busy")

    api.store.on_write = throttled

    answer = api("POST", "/v1/documents", INVOICE)

    assert (answer.status, answer.json["code"]) == (429, "busy")
    assert int(answer.headers["retry-after"]) > 0


def test_what_breaks_inside_is_not_shown(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: str) -> None:
        raise RuntimeError("table arn:aws:dynamodb:secret")

    api.store.on_write = broken

    answer = api("POST", "/v1/documents", INVOICE)

    assert (answer.status, answer.json["code"]) == (500, "internal_error")
    assert "secret" not in answer.text
    assert answer.json["request_id"] in answer.json["detail"]
    (logged,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert logged.__dict__["request_id"] == answer.json["request_id"]
    assert logged.exc_info is not None


def test_log_of_a_refusal_names_no_address_and_no_text(
    api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    api("POST", "/v1/sends", {"to": "nobody@", "subject": "Secret {x}", "document_ids": ["?"]})

    logged = str([record.__dict__ for record in caplog.records])
    assert "validation_failed" in logged
    assert "nobody@" not in logged
    assert "Secret" not in logged


_texts = st.text(max_size=30) | st.sampled_from(
    ["{date}", "{x}", "a@x.example", "a@x.example, b@y.example", "2026-11-24", "12.5", "\r\nBcc:"]
)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=8,
)


def _bodies(api: Api) -> dict[str, dict[str, Any]]:
    document = api.create(INVOICE)
    send = {"document_ids": [document], "to": "a@x.example", "cc": [], "subject": "x", "body": "y"}
    setting = {"name": "x", "logo": "", "timezone": "Europe/Paris", "address": [], "version": 1}
    return {
        "/v1/documents": INVOICE | {"type": "invoice"},
        "/v1/documents/preview": INVOICE | {"type": "invoice"},
        f"/v1/documents/{document}": INVOICE | {"version": 1},
        "/v1/sends": send | {"separate": False, "copy_to_sender": True, "bcc": ""},
        "/v1/preview": send,
        "/v1/settings": setting,
        "/v1/profile": {"name": "x", "signature": "", "locale": "fr", "version": 0},
    }


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_body_breaks_anything(data: st.DataObject) -> None:
    api = Api()
    bodies = _bodies(api)
    path = data.draw(st.sampled_from(sorted(bodies)))
    body = dict(bodies[path])
    if path in ("/v1/documents", "/v1/documents/preview"):
        body = dict(data.draw(st.sampled_from([INVOICE, ORDER, STAFF_LIST])))
    fields = st.dictionaries(st.sampled_from(sorted(body)) | _texts, _values, max_size=3)
    body |= data.draw(fields)
    method = "POST" if ("POST", path) in WRITING else "PUT"

    answer = api(method, path, body)

    assert answer.status < 500, answer.text


@settings(max_examples=150)
@given(
    path=st.sampled_from(["/v1/documents", "/v1/sends", "/v1/sends.csv"]),
    query=st.dictionaries(
        st.sampled_from(
            ["type", "status", "q", "from", "to", "recipient", "cursor", "limit", "document_id"]
        ),
        st.text(max_size=40),
    ),
    language=st.text(max_size=20),
)
def test_no_query_breaks_anything(path: str, query: dict[str, str], language: str) -> None:
    answer = Api()("GET", path, query=query, accept_language=language)

    assert answer.status in (200, 422), answer.text
