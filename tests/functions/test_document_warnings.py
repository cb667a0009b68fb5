"""What an invoice lacks, and what looks wrong in it, is said and never refused."""

from typing import Any

import pytest

from tests.functions.calling import (
    COMPLETE_INVOICE,
    INVOICE,
    ORDER,
    ORGANIZATION,
    STAFF_LIST,
    Api,
    complete_organization,
)

LINE = INVOICE["lines"][0]
FREE = LINE | {"vat_rate": "0"}


def warned(api: Api, body: dict[str, Any]) -> set[tuple[str, str]]:
    """Field and code of the warnings about a new document."""
    created = api("POST", "/v1/documents", body)
    assert created.status == 201, created.text
    return {(warning["field"], warning["code"]) for warning in created.json["warnings"]}


@pytest.mark.feature("B39")
def test_complete_invoice_of_a_complete_organization_has_no_warning(api: Api) -> None:
    complete_organization(api)

    assert warned(api, COMPLETE_INVOICE) == set()


@pytest.mark.feature("B39")
def test_what_the_law_asks_of_an_invoice_is_named_where_it_is_missing(api: Api) -> None:
    assert warned(api, INVOICE) == {
        ("", "seller_address_missing"),
        ("", "seller_siren_missing"),
        ("", "seller_vat_number_missing"),
        ("client.address", "client_address_missing"),
        ("due_date", "payment_date_missing"),
    }


@pytest.mark.feature("B39")
@pytest.mark.parametrize("terms", [{"due_date": "2026-12-01"}, {"payment_terms": "À réception."}])
def test_due_date_or_terms_are_enough(api: Api, terms: dict[str, str]) -> None:
    assert ("due_date", "payment_date_missing") not in warned(api, INVOICE | terms)


@pytest.mark.feature("B39")
def test_zero_rate_needs_a_reason_from_whoever_has_a_vat_number(api: Api) -> None:
    complete_organization(api)
    body = COMPLETE_INVOICE | {"lines": [LINE, FREE]}

    assert warned(api, body | {"number": "A-1"}) == {("vat_exemption", "vat_exemption_missing")}
    assert warned(api, body | {"number": "A-2", "vat_exemption": "franchise"}) == set()
    assert warned(api, body | {"number": "A-3", "vat_exemption": "reverse_charge"}) == {
        ("client.vat_number", "client_vat_number_missing")
    }
    charged = COMPLETE_INVOICE | {"number": "A-4", "vat_exemption": "franchise"}
    assert warned(api, charged) == {("vat_exemption", "vat_exemption_unused")}


@pytest.mark.feature("B39")
def test_organization_without_vat_number_that_charges_none_needs_no_reason(api: Api) -> None:
    body = COMPLETE_INVOICE | {"lines": [FREE]}

    assert warned(api, body) == {("", "seller_address_missing"), ("", "seller_siren_missing")}


@pytest.mark.feature("B39")
def test_lines_that_look_like_mistakes_are_named_a_few_at_a_time(api: Api) -> None:
    complete_organization(api)
    lines = [LINE, LINE | {"quantity": "0"}, LINE | {"unit_price": "-5"}]

    created = api("POST", "/v1/documents", ORDER | {"lines": lines}).json
    many = warned(api, ORDER | {"number": "BC-2", "lines": [LINE | {"quantity": "0.00"}] * 900})

    assert {warning["field"]: warning["message"] for warning in created["warnings"]} == {
        "lines.1.quantity": "Ligne 2\u00a0: la quantité est 0.",
        "lines.2.unit_price": "Ligne 3\u00a0: le prix est négatif."
        " Vérifiez qu’il s’agit d’une remise.",
    }
    assert len(many) == 5


@pytest.mark.feature("B39")
def test_characters_that_no_font_has_are_named_once(api: Api) -> None:
    entries = [STAFF_LIST["entries"][0] | {"last_name": "王", "notes": "王 李"}]

    created = api("POST", "/v1/documents", STAFF_LIST | {"entries": entries}).json

    assert [warning["code"] for warning in created["warnings"]] == ["characters_missing"]
    assert created["warnings"][0]["message"].endswith("王 李")


@pytest.mark.feature("B39")
def test_warnings_follow_document_and_settings_and_may_be_sent_back(api: Api) -> None:
    invoice = api("POST", "/v1/documents", INVOICE).json
    complete_organization(api)

    read = api("GET", f"/v1/documents/{invoice['id']}").json
    replaced = api("PUT", f"/v1/documents/{invoice['id']}", read | {"due_date": "2026-12-20"})
    published = api("POST", f"/v1/documents/{invoice['id']}/publish").json
    draft = api("POST", f"/v1/documents/{invoice['id']}/unpublish", accept_language="en").json

    assert len(read["warnings"]) == 2
    assert replaced.status == 200
    assert [warning["code"] for warning in replaced.json["warnings"]] == ["client_address_missing"]
    assert published["warnings"] == replaced.json["warnings"]
    assert draft["warnings"][0]["message"] == "The address of the client is missing."


@pytest.mark.feature("B39")
def test_preview_says_once_what_lacks_in_every_invoice(api: Api) -> None:
    ids = [api.create(INVOICE | {"number": number}) for number in ("F-1", "F-2")]

    body = {"document_ids": ids, "to": "compta@dupont.example"}
    warnings = api("POST", "/v1/preview", body).json["warnings"]

    assert [warning["code"] for warning in warnings] == [
        "seller_address_missing",
        "seller_siren_missing",
        "seller_vat_number_missing",
        "client_address_missing",
        "payment_date_missing",
        "client_address_missing",
        "payment_date_missing",
    ]
    assert warnings[-1]["message"] == (
        "Facture F-2 · Il manque une échéance ou des conditions de règlement."
    )


@pytest.mark.feature("B39")
def test_nothing_of_it_prevents_a_send(api: Api) -> None:
    assert ORGANIZATION in api.store.organizations
    assert api.send(api.create(INVOICE))["status"] == "queued"
