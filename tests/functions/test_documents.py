"""Documents over HTTP."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from facteur.adapters.pdf.renderer import PdfRenderer
from facteur.domain.document import Document
from facteur.domain.settings import OrganizationSettings
from tests.fakes import FakeRenderer
from tests.functions.calling import INVOICE, ORDER, ORGANIZATION, STAFF_LIST, Api

UNKNOWN = "01KBX3V5TQ8ZJ4M6N2W9RHCE1D"


@pytest.mark.feature("S84")
@pytest.mark.parametrize("body", [STAFF_LIST, INVOICE, ORDER], ids=lambda body: body["type"])
def test_created_document_is_a_draft_and_reads_back_as_it_was_written(
    api: Api, body: dict[str, Any]
) -> None:
    created = api("POST", "/v1/documents", body)

    read = api("GET", f"/v1/documents/{created.json['id']}")

    assert created.status == 201
    assert read.status == 200
    assert read.json == created.json
    assert read.json["status"] == "draft"
    assert read.json["version"] == 1
    assert read.json["created_at"] == "2026-11-24T09:00:00.000Z"
    assert read.json["number"] == body["number"]


def test_amounts_are_answered_as_the_texts_that_were_sent(api: Api) -> None:
    document_id = api.create(INVOICE)

    line = api("GET", f"/v1/documents/{document_id}").json["lines"][0]

    assert (line["quantity"], line["unit_price"], line["vat_rate"]) == ("120", "38.50", "20")


def test_name_defaults_to_label_and_number_in_the_language_of_the_organization(api: Api) -> None:
    french = api("GET", f"/v1/documents/{api.create(INVOICE)}").json["name"]
    settings = api("GET", "/v1/settings").json

    api("PUT", "/v1/settings", settings | {"locale": "en"})
    english = api("GET", f"/v1/documents/{api.create(ORDER)}").json["name"]

    assert french == "Facture F-2026-0142"
    assert english == "Purchase order BC-2026-031"


def test_name_that_nobody_chose_follows_the_number(api: Api) -> None:
    document = api("GET", f"/v1/documents/{api.create(INVOICE)}").json

    changed = api("PUT", f"/v1/documents/{document['id']}", document | {"number": "F-2026-0150"})

    assert changed.json["name"] == "Facture F-2026-0150"


def test_name_that_somebody_chose_stays(api: Api) -> None:
    document = api("GET", f"/v1/documents/{api.create(INVOICE | {'name': 'Solde'})}").json

    changed = api("PUT", f"/v1/documents/{document['id']}", document | {"number": "F-2026-0150"})

    assert changed.json["name"] == "Solde"


def test_put_takes_the_answer_of_get_and_ignores_what_is_read_only(api: Api) -> None:
    document = api("GET", f"/v1/documents/{api.create(STAFF_LIST)}").json
    forged = document | {"status": "published", "id": UNKNOWN, "created_at": "2000-01-01T00:00:00Z"}

    changed = api("PUT", f"/v1/documents/{document['id']}", forged | {"site": "Bercy"})

    assert changed.status == 200
    assert changed.json == document | {"site": "Bercy", "version": 2}


def test_put_without_version_is_refused(api: Api) -> None:
    document_id = api.create(INVOICE)

    answer = api("PUT", f"/v1/documents/{document_id}", INVOICE)

    assert answer.status == 422
    assert answer.problems == {("version", "required")}


def test_put_with_an_old_version_conflicts_and_changes_nothing(api: Api) -> None:
    document = api("GET", f"/v1/documents/{api.create(INVOICE)}").json
    path = f"/v1/documents/{document['id']}"
    api("PUT", path, document | {"notes": "first"})

    answer = api("PUT", path, document | {"notes": "second"})

    assert (answer.status, answer.json["code"]) == (409, "version_conflict")
    assert answer.json["params"] == {"version": 2}
    assert api("GET", path).json["notes"] == "first"


def test_type_of_a_document_cannot_change(api: Api) -> None:
    document_id = api.create(INVOICE)

    answer = api("PUT", f"/v1/documents/{document_id}", ORDER | {"version": 1})

    assert answer.status == 422
    assert answer.problems == {("type", "type_fixed")}


@pytest.mark.feature("S84")
@pytest.mark.parametrize(
    ("body", "ready"), [(STAFF_LIST, "published"), (INVOICE, "sent"), (ORDER, "sent")]
)
def test_publish_and_unpublish_may_be_repeated(api: Api, body: dict[str, Any], ready: str) -> None:
    document_id = api.create(body)

    statuses = [
        api("POST", f"/v1/documents/{document_id}/{verb}").json["status"]
        for verb in ("publish", "publish", "unpublish", "unpublish")
    ]

    assert statuses == [ready, ready, "draft", "draft"]


def test_editing_a_published_document_keeps_it_published(api: Api) -> None:
    document_id = api.create(STAFF_LIST, publish=True)

    answer = api("PUT", f"/v1/documents/{document_id}", STAFF_LIST | {"version": 1})

    assert answer.json["status"] == "published"


def test_deleted_document_is_gone(api: Api) -> None:
    document_id = api.create(INVOICE)

    first = api("DELETE", f"/v1/documents/{document_id}")
    second = api("DELETE", f"/v1/documents/{document_id}")

    assert (first.status, first.text) == (204, "")
    assert second.status == 404
    assert api("GET", f"/v1/documents/{document_id}").status == 404


def test_number_of_an_invoice_is_taken_once(api: Api) -> None:
    first = api.create(INVOICE)

    again = api("POST", "/v1/documents", INVOICE)

    assert (again.status, again.json["code"]) == (409, "number_taken")
    assert again.json["params"] == {
        "number": "F-2026-0142",
        "document_id": first,
        "name": "Facture F-2026-0142",
    }
    assert "«\N{NO-BREAK SPACE}Facture F-2026-0142\N{NO-BREAK SPACE}»" in again.json["detail"]


def test_filters_that_are_sent_empty_filter_nothing(api: Api) -> None:
    api.create(INVOICE)

    answer = api("GET", "/v1/documents", query={"type": "", "status": "", "q": "", "cursor": ""})

    assert len(answer.json["items"]) == 1


def test_list_is_filtered_by_type_and_status(api: Api) -> None:
    api.create(INVOICE)
    published = api.create(STAFF_LIST, publish=True)

    answer = api("GET", "/v1/documents", query={"type": "staff_list", "status": "published"})

    assert [row["id"] for row in answer.json["items"]] == [published]


def test_list_has_pages_both_ways(api: Api) -> None:
    ids = [api.create(STAFF_LIST) for _ in range(3)]

    first = api("GET", "/v1/documents", query={"limit": "2"}).json
    second = api("GET", "/v1/documents", query={"limit": "2", "cursor": first["next"]}).json

    assert [row["id"] for row in first["items"]] == [ids[2], ids[1]]
    assert [row["id"] for row in second["items"]] == [ids[0]]
    assert first["previous"] is None
    assert second["next"] is None
    assert second["previous"] is not None


def test_every_bad_parameter_of_the_list_is_named(api: Api) -> None:
    query = {"type": "letter", "status": "lost", "limit": "0"}

    answer = api("GET", "/v1/documents", query=query)

    assert answer.status == 422
    assert answer.problems == {
        ("type", "not_allowed"),
        ("status", "not_allowed"),
        ("limit", "out_of_range"),
    }


@pytest.mark.feature("B9")
def test_pdf_is_a_redirect_for_browsers_and_a_link_for_programs(api: Api) -> None:
    document_id = api.create(INVOICE)

    browser = api("GET", f"/v1/documents/{document_id}/pdf", accept="text/html,*/*;q=0.8")
    program = api("GET", f"/v1/documents/{document_id}/pdf", accept="application/json")

    assert browser.status == 302
    assert browser.headers["location"] in api.archive.previews
    assert program.status == 200
    assert b"Facture F-2026-0142" in api.archive.previews[program.json["url"]]


class Rendering(FakeRenderer):
    """Renders as the real one does."""

    def render(self, document: Document, settings: OrganizationSettings, *, on: date) -> bytes:
        return PdfRenderer().render(document, settings, on=on)


def words_of(pdf: bytes) -> str:
    """The text of every page of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.feature("B9", "B39")
@pytest.mark.parametrize("body", [STAFF_LIST, INVOICE, ORDER], ids=lambda body: body["type"])
def test_unsaved_document_is_shown_as_the_pdf_that_it_would_have(
    api: Api, body: dict[str, Any]
) -> None:
    api.renderer = Rendering()
    created = api.create(body)
    warnings = api("GET", f"/v1/documents/{created}").json["warnings"]
    saved = api("GET", f"/v1/documents/{created}/pdf", accept="application/json").json["url"]
    api.clock.advance(timedelta(minutes=10))
    api("DELETE", f"/v1/documents/{created}")

    draft = api("POST", "/v1/documents/preview", body)

    assert draft.status == 200
    assert draft.json["warnings"] == warnings
    shown, stored = (words_of(api.archive.previews[url]) for url in (draft.json["url"], saved))
    assert body["number"] in shown
    assert shown == stored
    assert api("GET", "/v1/documents").json["items"] == []


def test_preview_names_every_problem_of_a_document_and_takes_no_upload(api: Api) -> None:
    broken = {**INVOICE, "number": "", "lines": [{"description": "x", "quantity": "abc"}]}

    answer = api("POST", "/v1/documents/preview", broken)
    upload = api("POST", "/v1/documents/preview", INVOICE | {"upload_id": "x"})

    assert answer.problems == {
        ("number", "required"),
        ("lines.0.quantity", "number_invalid"),
        ("lines.0.unit_price", "required"),
        ("lines.0.vat_rate", "required"),
    }
    assert upload.problems == {("upload_id", "unknown_field")}


@pytest.mark.feature("S2")
@pytest.mark.feature("S7")
@pytest.mark.parametrize(
    ("body", "to", "subject", "filename"),
    [
        pytest.param(
            INVOICE,
            "compta@dupont.example",
            "Facture F-2026-0142 - Dupont BTP",
            "Facture F-2026-0142.pdf",
            marks=pytest.mark.feature("S8"),
        ),
        pytest.param(
            STAFF_LIST,
            "",
            "Liste de personnel - 01/11/2026",
            "Liste de personnel Équipe Bercy 2026-11-01.pdf",
            marks=pytest.mark.feature("S9"),
        ),
        pytest.param(
            ORDER,
            "",
            "Bon de commande BC-2026-031",
            "Bon de commande BC-2026-031.pdf",
            marks=pytest.mark.feature("S10"),
        ),
    ],
)
def test_send_form_is_filled_in(
    api: Api, body: dict[str, Any], to: str, subject: str, filename: str
) -> None:
    document_id = api.create(body)

    form = api("GET", f"/v1/documents/{document_id}/email").json

    assert (form["to"], form["cc"], form["bcc"]) == (to, [], [])
    assert form["subject"] == subject
    assert form["filename"] == filename
    assert form["body"].startswith("Bonjour,\n\nVeuillez trouver ci-joint : ")


def test_send_form_can_be_sent_as_it_is_whatever_braces_names_have(api: Api) -> None:
    client = {"name": "{date} {Dupont}", "email": "compta@dupont.example"}
    document_id = api.create(INVOICE | {"client": client, "name": "{x} }"})
    form = api("GET", f"/v1/documents/{document_id}/email").json
    del form["filename"]

    send = api("POST", "/v1/sends", form | {"document_ids": [document_id]})

    assert send.status == 202
    assert send.json["subject"] == "Facture F-2026-0142 - {date} {Dupont}"
    assert send.json["body"].endswith("ci-joint : {x} }.")


def test_every_problem_of_a_document_is_named_at_once(api: Api) -> None:
    body = INVOICE | {
        "number": "",
        "date": "31/12/2026",
        "lines": [{"description": "x", "quantity": "beaucoup", "vat_rate": "120"}],
        "status": "sent",
        "total": "1",
    }

    answer = api("POST", "/v1/documents", body)

    assert answer.status == 422
    assert answer.problems == {
        ("number", "required"),
        ("date", "date_invalid"),
        ("lines.0.quantity", "number_invalid"),
        ("lines.0.unit_price", "required"),
        ("lines.0.vat_rate", "out_of_range"),
        ("status", "unknown_field"),
        ("total", "unknown_field"),
    }


def test_what_no_document_may_have_is_named_with_what_no_header_may_have(api: Api) -> None:
    client = {"name": "=?utf-8?q?x?=", "email": "bad, a@b.example, c@d.example", "siren": 8}

    answer = api("POST", "/v1/documents", INVOICE | {"date": "zz", "client": client})

    assert answer.status == 422
    assert answer.problems == {
        ("date", "date_invalid"),
        ("client.name", "encoded_word"),
        ("client.email", "address_invalid"),
        ("client.email", "one_address_expected"),
        ("client.siren", "text_expected"),
    }


def test_what_a_document_cannot_become_is_named_with_what_is_wrong_with_it(api: Api) -> None:
    invoice = api.create(INVOICE)

    answer = api("PUT", f"/v1/documents/{invoice}", STAFF_LIST | {"name": "", "version": "1"})

    assert answer.status == 422
    assert answer.problems == {
        ("type", "type_fixed"),
        ("name", "required"),
        ("version", "number_invalid"),
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"vat_rate": "120"}, "Cette valeur est hors limites (attendu\N{NO-BREAK SPACE}: ≤ 100)."),
        ({"vat_rate": "-1"}, "Cette valeur est hors limites (attendu\N{NO-BREAK SPACE}: ≥ 0)."),
        ({"unit_price": "1.23456"}, "4 décimales au plus."),
    ],
)
def test_problem_of_a_refused_number_names_its_limits(
    api: Api, line: dict[str, str], said: str
) -> None:
    whole = {"description": "x", "quantity": "1", "unit_price": "1", "vat_rate": "20"}

    answer = api("POST", "/v1/documents", INVOICE | {"lines": [whole | line]})

    assert answer.status == 422
    assert [problem["message"] for problem in answer.json["errors"]] == [said]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"type": "letter"}, ("type", "not_allowed")),
        ({"name": "Solde\nBcc: x@y.example"}, ("name", "control_character")),
        ({"name": "=?utf-8?q?x?="}, ("name", "encoded_word")),
        ({"number": "F-1\x00"}, ("number", "control_character")),
        ({"client": {"name": "Dupont", "email": "compta"}}, ("client.email", "address_invalid")),
        (
            {"client": {"name": "Dupont", "email": "a@b.example, c@d.example"}},
            ("client.email", "one_address_expected"),
        ),
        ({"lines": []}, ("lines", "too_few")),
        ({"client": None}, ("client", "object_expected")),
        ({"notes": "x" * 2001}, ("notes", "too_long")),
        ({"operation": "gift"}, ("operation", "not_allowed")),
        ({"vat_on_debits": "yes"}, ("vat_on_debits", "boolean_expected")),
    ],
)
@pytest.mark.feature("B21")
def test_what_could_not_be_sent_later_is_refused_when_saved(
    api: Api, change: dict[str, Any], problem: tuple[str, str]
) -> None:
    answer = api("POST", "/v1/documents", INVOICE | change)

    assert answer.status == 422
    assert answer.problems == {problem}


def test_list_has_at_most_a_thousand_entries(api: Api) -> None:
    entries = [{"last_name": "Martin"}] * 1001

    answer = api("POST", "/v1/documents", STAFF_LIST | {"entries": entries})

    assert answer.problems == {("entries", "too_many")}


@pytest.mark.feature("B15")
def test_repeated_creation_with_one_key_makes_one_document(api: Api) -> None:
    first = api("POST", "/v1/documents", INVOICE, idempotency_key="k1")

    second = api("POST", "/v1/documents", INVOICE, idempotency_key="k1")

    assert (first.status, second.status) == (201, 201)
    assert first.json == second.json
    assert len(api.store.of(ORGANIZATION).documents) == 1


@pytest.mark.feature("B15")
def test_repeated_creation_gets_the_first_answer_whatever_has_become_of_the_document(
    api: Api,
) -> None:
    body = INVOICE | {"name": "", "client": {"name": "Dupont", "email": "a@x.example"}}
    first = api("POST", "/v1/documents", body, idempotency_key="k1")
    path = f"/v1/documents/{first.json['id']}"
    api.clock.advance(timedelta(minutes=5))
    settings = api("GET", "/v1/settings").json
    api("PUT", "/v1/settings", settings | {"locale": "en"})
    api("PUT", path, body | {"number": "F-2", "version": 1})

    after_edit = api("POST", "/v1/documents", body, idempotency_key="k1")
    api("DELETE", path)
    after_delete = api("POST", "/v1/documents", body, idempotency_key="k1")

    assert first.json["name"] == "Facture F-2026-0142"
    assert (after_edit.status, after_edit.text) == (201, first.text)
    assert (after_delete.status, after_delete.text) == (201, first.text)
    assert api.store.of(ORGANIZATION).documents == {}


@pytest.mark.feature("B15")
def test_key_used_for_another_request_is_refused(api: Api) -> None:
    api("POST", "/v1/documents", INVOICE, idempotency_key="k1")

    other = api("POST", "/v1/documents", ORDER, idempotency_key="k1")

    assert other.status == 422
    assert other.problems == {("Idempotency-Key", "idempotency_key_reused")}


@pytest.mark.parametrize("key", ["", "x" * 256, "clé", "a\tb"])
def test_key_that_is_no_key_is_refused(api: Api, key: str) -> None:
    answer = api("POST", "/v1/documents", INVOICE, idempotency_key=key)

    assert answer.problems == {("Idempotency-Key", "idempotency_key_invalid")}


@pytest.mark.feature("B39")
def test_numbers_of_a_client_are_checked_with_everything_else(api: Api) -> None:
    client = {"name": "Dupont BTP", "siren": "732829321", "vat_number": "FR45732829320"}
    wrong = INVOICE | {"client": client, "due_date": "soon"}

    assert api("POST", "/v1/documents", wrong).problems == {
        ("client.siren", "siren_key_wrong"),
        ("client.vat_number", "vat_number_key_wrong"),
        ("due_date", "date_invalid"),
    }
