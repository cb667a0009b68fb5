"""Settings and profile over HTTP."""

import base64
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from facteur.domain.settings import OrganizationSettings
from tests.functions.calling import ORGANIZATION, Api


def image(kind: str) -> bytes:
    """A black square of 8 by 8 pixels."""
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, kind)
    return file.getvalue()


PNG, JPEG = image("PNG"), image("JPEG")


def uri(kind: str, image: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"


def test_organization_that_never_saved_has_defaults(api: Api) -> None:
    fresh = api.as_user(**{"custom:organization": "neuve", "sub": "u9"})

    settings = fresh("GET", "/v1/settings").json

    assert (settings["timezone"], settings["locale"]) == ("Europe/Paris", "fr")
    assert (settings["name"], settings["sender_domains"], settings["version"]) == ("", [], 0)


def test_settings_are_replaced_whole(api: Api) -> None:
    settings = api("GET", "/v1/settings").json
    wanted = settings | {"name": "Durand", "address": ["8 rue des Forges"], "siren": "812345676"}

    replaced = api("PUT", "/v1/settings", wanted)

    assert replaced.status == 200
    assert replaced.json == wanted | {"version": 2}
    assert api("GET", "/v1/settings").json == replaced.json


@pytest.mark.feature("B22")
def test_sender_domains_are_for_operators_alone(api: Api) -> None:
    body = {"name": "Durand", "sender_domains": ["gmail.example"], "version": 1}

    replaced = api("PUT", "/v1/settings", body)

    assert replaced.json["sender_domains"] == ["atelier-durand.example"]


@pytest.mark.parametrize(("path", "version"), [("/v1/settings", 1), ("/v1/profile", 0)])
def test_nothing_is_written_but_over_the_version_read(api: Api, path: str, version: int) -> None:
    other = api("PUT", path, {"name": "A", "version": 7})
    none = api("PUT", path, {"name": "B"})
    current = api("PUT", path, {"name": "C", "version": version})

    assert (other.status, other.json["code"]) == (409, "version_conflict")
    assert (none.status, none.problems) == (422, {("version", "required")})
    assert (current.status, current.json["version"]) == (200, version + 1)
    assert api("GET", path).json["name"] == "C"


@pytest.mark.parametrize("logo", [uri("png", PNG), uri("jpeg", JPEG), ""])
def test_logo_is_an_image(api: Api, logo: str) -> None:
    answer = api("PUT", "/v1/settings", {"name": "Durand", "logo": logo, "version": 1})

    assert answer.json["logo"] == logo


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": ""}, ("name", "required")),
        ({"name": None}, ("name", "text_expected")),
        ({"timezone": "Paris"}, ("timezone", "timezone_unknown")),
        ({"timezone": "../etc/passwd"}, ("timezone", "timezone_unknown")),
        ({"locale": "de"}, ("locale", "not_allowed")),
        ({"default_sender": "durand"}, ("default_sender", "address_invalid")),
        (
            {"default_sender": "f@gmail.example"},
            ("default_sender", "sender_domain_not_verified"),
        ),
        (
            {"default_sender": "a@atelier-durand.example, b@atelier-durand.example"},
            ("default_sender", "one_address_expected"),
        ),
        ({"logo": "https://x.example/logo.png"}, ("logo", "logo_invalid")),
        ({"logo": uri("png", JPEG)}, ("logo", "logo_invalid")),
        ({"logo": uri("svg+xml", b"<svg/>")}, ("logo", "logo_invalid")),
        ({"logo": "data:image/png;base64,%%%"}, ("logo", "logo_invalid")),
        ({"logo": "data:image/png;base64,é"}, ("logo", "logo_invalid")),
        ({"logo": uri("png", PNG + b"x" * 102_400)}, ("logo", "logo_too_large")),
        ({"colour": "red"}, ("colour", "unknown_field")),
        ({"version": "1"}, ("version", "number_invalid")),
        ({"version": -1}, ("version", "out_of_range")),
    ],
)
def test_bad_setting_is_named(api: Api, change: dict[str, Any], problem: tuple[str, str]) -> None:
    answer = api("PUT", "/v1/settings", {"name": "Durand", "version": 1} | change)

    assert answer.status == 422
    assert answer.problems == {problem}


def test_every_bad_setting_is_named_at_once(api: Api) -> None:
    body = {
        "name": "",
        "timezone": "Paris",
        "default_sender": "x",
        "logo": "y",
        "locale": "de",
        "colour": "red",
    }

    answer = api("PUT", "/v1/settings", body)

    assert answer.status == 422
    assert answer.problems == {
        ("name", "required"),
        ("timezone", "timezone_unknown"),
        ("default_sender", "address_invalid"),
        ("logo", "logo_invalid"),
        ("locale", "not_allowed"),
        ("colour", "unknown_field"),
        ("version", "required"),
    }


def test_every_bad_field_of_a_profile_is_named_at_once(api: Api) -> None:
    body = {"name": "=?utf-8?q?x?=", "locale": "de", "version": "0"}

    answer = api("PUT", "/v1/profile", body)

    assert answer.problems == {
        ("name", "encoded_word"),
        ("locale", "not_allowed"),
        ("version", "number_invalid"),
    }


@pytest.mark.feature("S36")
def test_profile_is_replaced_and_its_signature_made_harmless(api: Api) -> None:
    body = {
        "name": " Claire D. ",
        "signature": "<p>Claire</p><script>x</script>",
        "locale": "en",
        "version": 0,
    }

    replaced = api("PUT", "/v1/profile", body)

    assert replaced.json == {
        "name": "Claire D.",
        "email": "claire@atelier-durand.example",
        "sender_verified": True,
        "signature": "<p>Claire</p>x",
        "locale": "en",
        "version": 1,
    }
    assert api("GET", "/v1/profile").json == replaced.json


@pytest.mark.feature("B22")
def test_address_of_a_profile_is_the_one_that_was_verified(api: Api) -> None:
    replaced = api("PUT", "/v1/profile", {"name": "Claire", "email": "x@y.example", "version": 0})
    abroad = api.as_user(email="claire@gmail.example")("GET", "/v1/profile").json

    assert replaced.json["email"] == "claire@atelier-durand.example"
    assert (abroad["email"], abroad["sender_verified"]) == ("claire@gmail.example", False)


def test_profile_takes_its_own_answer_back(api: Api) -> None:
    api("PUT", "/v1/profile", {"name": "Claire", "version": 0})
    profile = api("GET", "/v1/profile").json

    replaced = api("PUT", "/v1/profile", profile)

    assert replaced.json == profile | {"version": 2}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": ""}, ("name", "required")),
        ({"name": "x" * 101}, ("name", "too_long")),
        ({"name": "Claire\r\nBcc: y.example"}, ("name", "control_character")),
        ({"name": "claire@y.example"}, ("name", "name_like_address")),
        ({"name": "=?utf-8?q?x?="}, ("name", "encoded_word")),
        ({"signature": "x" * 10_001}, ("signature", "too_long")),
        ({"locale": "de"}, ("locale", "not_allowed")),
        ({"role": "admin"}, ("role", "unknown_field")),
    ],
)
def test_bad_profile_is_named(api: Api, change: dict[str, Any], problem: tuple[str, str]) -> None:
    answer = api("PUT", "/v1/profile", {"name": "Claire", "version": 0} | change)

    assert answer.status == 422
    assert answer.problems == {problem}


def test_profile_belongs_to_one_person_of_one_organization(api: Api) -> None:
    api("PUT", "/v1/profile", {"name": "Claire", "signature": "mine", "version": 0})

    colleague = api.as_user(sub="u2")("GET", "/v1/profile").json
    stranger = api.as_user(**{"custom:organization": "autre"})("GET", "/v1/profile").json

    assert (colleague["signature"], stranger["signature"]) == ("", "")
    assert len(api.store.of(ORGANIZATION).profiles) == 1


@pytest.mark.feature("B39")
def test_registration_numbers_are_refused_together_with_their_reasons(api: Api) -> None:
    wrong = {"siren": "123", "siret": "12", "vat_number": "ZZ", "iban": "FR00", "bic": "x"}

    answer = api("PUT", "/v1/settings", {"name": "Durand", "version": 1, **wrong})

    assert answer.status == 422
    assert {problem["field"]: problem["message"] for problem in answer.json["errors"]} == {
        "siren": "Un SIREN compte 9 chiffres\u00a0: les 9 premiers du SIRET.",
        "siret": "Un SIRET compte 14 chiffres\u00a0: le SIREN, puis 5 chiffres.",
        "vat_number": "Un numéro de TVA commence par le code de son pays"
        " (exemple\u00a0: FR44732829320).",
        "iban": "La clé de cet IBAN ne correspond pas. Vérifiez chaque caractère.",
        "bic": "Un BIC compte 8 ou 11 caractères (exemple\u00a0: AGRIFRPP).",
    }


@pytest.mark.feature("B39")
def test_registration_numbers_stored_unchecked_are_still_read(api: Api) -> None:
    data = api.store.of(ORGANIZATION)
    data.settings = OrganizationSettings(name="Durand", siren="123", iban="FR00", version=1)

    assert api("GET", "/v1/settings").json["iban"] == "FR00"
