"""The console's function: a build's files, strict headers, and nothing else."""

import base64
import copy
import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest

from facteur.locales import DEFAULT_LOCALE, language_of

ROOT = Path(__file__).parents[2]
EVENT = json.loads((ROOT / "events" / "console-page.json").read_text())

type Answer = dict[str, object]
type Get = Callable[..., Answer]


@pytest.fixture
def get(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Get:
    """Asks a copy of the function that stands beside a small build."""
    shutil.copy(ROOT / "functions" / "console" / "handler.py", tmp_path)
    assets = tmp_path / "dist" / "assets"
    assets.mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text("<title>Facteur</title>")
    (tmp_path / "dist" / "docs.html").write_text("<title>Facteur API</title>")
    (tmp_path / "dist" / "index.html.br").write_bytes(b"packed page")
    (assets / "app-1a2b.js").write_text("start()")
    (tmp_path / "secret.js").write_text("secret")
    monkeypatch.setenv("CONSOLE_CONFIG", '{"mode": "local"}')
    monkeypatch.setenv("ARCHIVE_ORIGIN", "https://archive.s3.eu-west-3.amazonaws.com")
    monkeypatch.setenv("SIGN_IN_ORIGINS", "https://cognito-idp.eu-west-3.amazonaws.com")
    handler = _loaded(tmp_path / "handler.py").handler

    def ask(path: str, *, method: str = "GET", accepts: str = "") -> Answer:
        event = copy.deepcopy(EVENT)
        event["rawPath"] = path
        event["headers"]["accept-encoding"] = accepts
        event["requestContext"]["http"]["method"] = method
        answer: Answer = handler(event, None)
        return answer

    return ask


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("console_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def body_of(answer: Answer) -> bytes:
    return base64.b64decode(str(answer["body"]))


def header(answer: Answer, name: str) -> str:
    headers = answer["headers"]
    assert isinstance(headers, dict)
    return str(headers.get(name, ""))


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/historique", "/campagnes/01ARZ3NDEKTSV4RRFFQ69G5FAV"]
)
def test_every_address_of_the_console_gives_the_page_never_cached(get: Get, path: str) -> None:
    answer = get(path)

    assert answer["statusCode"] == 200
    assert body_of(answer) == b"<title>Facteur</title>"
    assert header(answer, "Cache-Control") == "no-cache"


def test_files_are_given_packed_to_those_who_can_read_them(get: Get) -> None:
    packed, plain = get("/", accepts="gzip, br"), get("/", accepts="gzip")

    assert header(packed, "Content-Encoding") == "br"
    assert body_of(packed) == b"packed page"
    assert header(plain, "Content-Encoding") == ""
    assert header(plain, "Vary") == "Accept-Encoding"


def test_assets_may_be_kept_for_ever_and_missing_ones_are_missing(get: Get) -> None:
    found, missing = get("/assets/app-1a2b.js"), get("/assets/gone.js")

    assert "immutable" in header(found, "Cache-Control")
    assert missing["statusCode"] == 404
    assert header(missing, "Cache-Control") == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        f"/assets/{'x' * 300}.js",
        "/assets/\0.js",
        "/\0.html",
        "/assets/",
        "/assets",
        "/.",
        "/assets/..",
    ],
)
def test_no_name_however_odd_makes_it_fail(get: Get, path: str) -> None:
    assert get(path)["statusCode"] in (200, 404)


@pytest.mark.parametrize(
    "path", ["/", "/historique", "/assets/app-1a2b.js", "/config.json", "/assets/gone.js"]
)
def test_head_gets_the_headers_of_get(get: Get, path: str) -> None:
    given = get(path, accepts="br")

    told = get(path, method="HEAD", accepts="br")

    assert told["statusCode"] == given["statusCode"]
    assert body_of(told) == b""
    length = {"Content-Length": str(len(body_of(given)))}
    assert told["headers"] == cast("dict[str, str]", given["headers"]) | length


@pytest.mark.parametrize("path", ["/../secret.js", "/assets/../../secret.js", "//etc/passwd.js"])
def test_nothing_outside_the_build_is_given(get: Get, path: str) -> None:
    assert get(path)["statusCode"] == 404


def test_unknown_routes_of_the_api_are_a_problem_and_not_a_page(get: Get) -> None:
    answer = get("/v1/nothing")

    assert answer["statusCode"] == 404
    assert header(answer, "Content-Type") == "application/problem+json"
    problem = json.loads(body_of(answer))
    assert (problem["code"], problem["status"]) == ("route_not_found", 404)
    assert problem["detail"] == language_of(DEFAULT_LOCALE).problems.route_not_found


def test_pages_are_only_read(get: Get) -> None:
    assert get("/historique", method="POST")["statusCode"] == 404


def test_the_page_learns_how_to_sign_in_from_the_environment(get: Get) -> None:
    assert json.loads(body_of(get("/config.json"))) == {"mode": "local"}


def test_only_our_own_scripts_run_and_nobody_frames_the_page(get: Get) -> None:
    answer = get("/")

    policy = header(answer, "Content-Security-Policy")
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "https://archive.s3.eu-west-3.amazonaws.com" in policy
    assert header(answer, "Strict-Transport-Security").startswith("max-age=")
    assert header(answer, "X-Content-Type-Options") == "nosniff"


def test_the_description_of_the_api_has_an_address_beside_it(get: Get) -> None:
    answer = get("/v1/docs")

    assert answer["statusCode"] == 200
    assert b"Facteur API" in body_of(answer)
