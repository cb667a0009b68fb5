"""Documents whose PDF was made elsewhere."""

import hashlib
from typing import Any

import pytest

from facteur.domain.errors import UnavailableError
from tests.functions.calling import INVOICE, ORGANIZATION, STAFF_LIST, Api
from tests.functions.test_campaigns import MONDAYS, a_campaign, put

PDF = b"%PDF-1.7 from the accounting software"
OTHER_PDF = b"%PDF-1.7 from the accounting software, corrected"
MEGABYTE = 1024 * 1024
UNKNOWN = "01KBX3V5TQ8ZJ4M6N2W9RHCE1D"
UPLOADED_INVOICE: dict[str, Any] = {
    "type": "invoice",
    "number": "F-2026-0143",
    "date": "2026-11-21",
}
UPLOADED_LIST: dict[str, Any] = {
    "type": "staff_list",
    "name": "Équipe Nanterre",
    "date": "2026-11-01",
}


def uploaded(api: Api, body: dict[str, Any], pdf: bytes = PDF, *, publish: bool = False) -> str:
    return api.create(body | {"upload_id": api.upload(pdf)}, publish=publish)


def kept(api: Api) -> list[bytes]:
    return list(api.archive.kept.values())


@pytest.mark.feature("B17")
def test_an_upload_is_opened_with_a_form_limited_to_ten_megabytes(api: Api) -> None:
    answer = api("POST", "/v1/documents/uploads", {"filename": "Été.pdf", "size": 123_456})

    assert answer.status == 201
    assert answer.json.keys() == {"upload_id", "url", "fields"}
    assert api.uploads.limits == {answer.json["fields"]["key"]: 10 * MEGABYTE}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"size": 10 * MEGABYTE + 1}, ("size", "upload_too_large")),
        ({"size": 0}, ("size", "out_of_range")),
        ({"size": "12"}, ("size", "number_invalid")),
        ({"size": None}, ("size", "number_invalid")),
        ({"filename": 5}, ("filename", "text_expected")),
        ({"filename": "x" * 256}, ("filename", "too_long")),
        ({"key": "other/key.pdf"}, ("key", "unknown_field")),
    ],
)
def test_a_bad_opening_is_named(
    api: Api, change: dict[str, object], problem: tuple[str, str]
) -> None:
    body = {"filename": "facture.pdf", "size": 10}

    answer = api("POST", "/v1/documents/uploads", body | change)

    assert answer.status == 422
    assert answer.problems == {problem}


@pytest.mark.feature("B15")
def test_a_repeated_opening_gives_the_same_upload(api: Api) -> None:
    body = {"filename": "facture.pdf", "size": 10}

    first = api("POST", "/v1/documents/uploads", body, idempotency_key="k")
    second = api("POST", "/v1/documents/uploads", body, idempotency_key="k")
    other = api("POST", "/v1/documents/uploads", body | {"size": 11}, idempotency_key="k")

    assert first.json == second.json
    assert other.problems == {("Idempotency-Key", "idempotency_key_reused")}


@pytest.mark.feature("B17")
def test_a_document_of_an_upload_is_a_draft_that_says_what_it_holds(api: Api) -> None:
    created = api("POST", "/v1/documents", UPLOADED_INVOICE | {"upload_id": api.upload(PDF)})

    assert created.status == 201
    assert created.json == {
        **UPLOADED_INVOICE,
        "id": created.json["id"],
        "status": "draft",
        "name": "Facture F-2026-0143",
        "version": 1,
        "upload": {"size": len(PDF), "sha256": hashlib.sha256(PDF).hexdigest()},
        "created_at": "2026-11-24T09:00:00.000Z",
        "updated_at": "2026-11-24T09:00:00.000Z",
        "warnings": [],
    }
    assert api("GET", f"/v1/documents/{created.json['id']}").json == created.json
    [row] = api("GET", "/v1/documents").json["items"]
    assert (row["uploaded"], row["party"], row["number"]) == (True, "", "F-2026-0143")
    assert kept(api) == [PDF]


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"PK\x03\x04", "upload_not_pdf"),
        (b"%PDF-1.7 /Launch", "upload_has_actions"),
        (b"%PDF-".ljust(10 * MEGABYTE + 1), "upload_too_large"),
    ],
)
def test_a_file_that_may_not_be_sent_makes_no_document(api: Api, pdf: bytes, code: str) -> None:
    upload_id = api.upload(PDF)
    api.uploads.posted = dict.fromkeys(api.uploads.posted, pdf)

    answer = api("POST", "/v1/documents", UPLOADED_INVOICE | {"upload_id": upload_id})

    assert answer.status == 422
    assert answer.problems == {("upload_id", code)}
    assert kept(api) == []
    assert api("GET", "/v1/documents").json["items"] == []


def test_a_refused_action_is_named(api: Api) -> None:
    upload_id = api.upload(b"%PDF-1.7 /Launch")

    answer = api("POST", "/v1/documents", UPLOADED_INVOICE | {"upload_id": upload_id})

    [problem] = answer.json["errors"]
    assert "(Launch)" in problem["message"]


def test_an_inspector_that_does_not_answer_is_named_and_nothing_is_kept(api: Api) -> None:
    def fail() -> None:
        raise UnavailableError("inspector_unavailable")

    body = UPLOADED_INVOICE | {"upload_id": api.upload(PDF)}
    api.inspector.before = fail

    failed = api("POST", "/v1/documents", body, idempotency_key="k")
    api.inspector.before = lambda: None
    repeated = api("POST", "/v1/documents", body, idempotency_key="k")

    assert (failed.status, failed.json["code"]) == (503, "inspector_unavailable")
    assert failed.headers["retry-after"]
    assert repeated.status == 201
    assert kept(api) == [PDF]


def test_a_file_that_is_too_large_is_not_inspected(api: Api) -> None:
    upload_id = api.upload(PDF)
    api.uploads.posted = dict.fromkeys(api.uploads.posted, b"%PDF-".ljust(10 * MEGABYTE + 1))

    api("POST", "/v1/documents", UPLOADED_INVOICE | {"upload_id": upload_id})

    assert api.inspector.inspected == 0


@pytest.mark.feature("B20")
@pytest.mark.parametrize("upload_id", ["", "x", "../01KBX3V5TQ8ZJ4M6N2W9", UNKNOWN, None])
def test_an_upload_that_is_not_there_or_another_organizations_is_not_found(
    api: Api, upload_id: str | None
) -> None:
    stranger = api.as_user(**{"custom:organization": "autre", "email": "x@autre.example"})
    theirs = stranger.upload(PDF) if upload_id is None else upload_id

    answer = api("POST", "/v1/documents", UPLOADED_INVOICE | {"upload_id": theirs})

    assert answer.status == 422
    assert answer.problems == {("upload_id", "upload_not_found")}


def test_every_problem_of_an_uploaded_document_is_named_at_once(api: Api) -> None:
    body = {"type": "invoice", "date": "hier", "upload_id": "x", "lines": []}

    answer = api("POST", "/v1/documents", body)

    assert answer.problems == {
        ("number", "required"),
        ("date", "date_invalid"),
        ("lines", "unknown_field"),
        ("upload_id", "upload_not_found"),
    }


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"type": "letter"}, ("type", "not_allowed")),
        ({"type": "staff_list"}, ("name", "required")),
        ({"type": "purchase_order", "number": " "}, ("number", "required")),
        ({"number": "F-1\r\nBcc: x@y.example"}, ("number", "control_character")),
        ({"name": "=?utf-8?q?x?="}, ("name", "encoded_word")),
        ({"upload_id": 5}, ("upload_id", "text_expected")),
    ],
)
def test_a_bad_field_of_an_uploaded_document_is_named(
    api: Api, change: dict[str, Any], problem: tuple[str, str]
) -> None:
    body = UPLOADED_INVOICE | {"upload_id": api.upload(PDF)}

    answer = api("POST", "/v1/documents", body | change)

    assert answer.problems == {problem}


def test_a_wrong_type_names_the_types_there_are_and_no_other(api: Api) -> None:
    [problem] = api("POST", "/v1/documents", INVOICE | {"type": "letter"}).json["errors"]

    assert problem["message"].endswith("staff_list, invoice, purchase_order.")


@pytest.mark.feature("B17")
def test_written_and_uploaded_documents_share_their_numbers(api: Api) -> None:
    first = api.create(INVOICE)
    upload_id = api.upload(PDF)

    taken = UPLOADED_INVOICE | {"upload_id": upload_id, "number": INVOICE["number"]}
    answer = api("POST", "/v1/documents", taken)

    assert (answer.status, answer.json["code"]) == (409, "number_taken")
    assert answer.json["params"]["document_id"] == first


def test_pdf_of_an_uploaded_document_is_a_link_to_the_kept_file_itself(api: Api) -> None:
    document_id = uploaded(api, UPLOADED_INVOICE)

    url = api("GET", f"/v1/documents/{document_id}/pdf", accept="application/json").json["url"]

    sha256 = hashlib.sha256(PDF).hexdigest()
    assert url == f"https://archive.test/{ORGANIZATION}/{sha256}/Facture F-2026-0143.pdf"
    assert api.archive.previews == {}


@pytest.mark.parametrize(
    ("body", "subject", "filename"),
    [
        (UPLOADED_INVOICE, "Facture F-2026-0143", "Facture F-2026-0143.pdf"),
        (
            UPLOADED_LIST,
            "Liste de personnel - 01/11/2026",
            "Liste de personnel Équipe Nanterre 2026-11-01.pdf",
        ),
        (
            UPLOADED_INVOICE | {"type": "purchase_order"},
            "Bon de commande F-2026-0143",
            "Bon de commande F-2026-0143.pdf",
        ),
    ],
)
def test_send_form_of_an_uploaded_document_knows_no_client(
    api: Api, body: dict[str, Any], subject: str, filename: str
) -> None:
    document_id = uploaded(api, body)

    form = api("GET", f"/v1/documents/{document_id}/email").json

    assert (form["to"], form["subject"], form["filename"]) == ("", subject, filename)


@pytest.mark.feature("B17")
def test_what_is_sent_is_the_very_file_and_nothing_is_rendered(api: Api) -> None:
    document_id = uploaded(api, UPLOADED_INVOICE)

    send = api.send(document_id)

    [frozen] = send["documents"]
    assert (frozen["size"], frozen["sha256"]) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert kept(api) == [PDF]
    assert api.renderer.rendered == 0
    assert send["subject"] == "Facture F-2026-0143"


def test_preview_shows_the_very_file(api: Api) -> None:
    document_id = uploaded(api, UPLOADED_INVOICE)

    preview = api("POST", "/v1/preview", {"document_ids": [document_id], "to": "a@x.example"}).json

    [document] = preview["documents"]
    assert api.archive.previews[document["url"]] == PDF


def test_an_uploaded_list_is_published_before_it_is_sent(api: Api) -> None:
    document_id = uploaded(api, UPLOADED_LIST)
    body = {"document_ids": [document_id], "to": "a@x.example"}

    draft = api("POST", "/v1/sends", body)
    api("POST", f"/v1/documents/{document_id}/publish")
    published = api("POST", "/v1/sends", body)
    unpublished = api("POST", f"/v1/documents/{document_id}/unpublish")

    assert (draft.status, published.status) == (409, 202)
    assert (unpublished.json["status"], unpublished.json["campaigns"]) == ("draft", [])
    assert unpublished.json["upload"]["size"] == len(PDF)


def test_put_keeps_the_file_that_was_read(api: Api) -> None:
    document = api("GET", f"/v1/documents/{uploaded(api, UPLOADED_INVOICE)}").json
    forged = {"upload": {"size": 1, "sha256": "0" * 64}}

    changed = api("PUT", f"/v1/documents/{document['id']}", document | forged | {"number": "F-9"})

    assert changed.status == 200
    assert changed.json == document | {"number": "F-9", "name": "Facture F-9", "version": 2}


@pytest.mark.feature("B17")
def test_put_with_a_new_upload_replaces_the_file(api: Api) -> None:
    document = api("GET", f"/v1/documents/{uploaded(api, UPLOADED_INVOICE)}").json
    sent = api.send(document["id"])

    changed = api(
        "PUT",
        f"/v1/documents/{document['id']}",
        document | {"upload_id": api.upload(OTHER_PDF)},
    )

    assert changed.json["upload"]["sha256"] == hashlib.sha256(OTHER_PDF).hexdigest()
    assert sent["documents"][0]["sha256"] == document["upload"]["sha256"]
    assert kept(api) == [PDF, OTHER_PDF]


def test_put_with_an_old_version_or_a_lost_upload_changes_nothing(api: Api) -> None:
    document = api("GET", f"/v1/documents/{uploaded(api, UPLOADED_INVOICE)}").json
    path = f"/v1/documents/{document['id']}"

    old = api("PUT", path, document | {"version": 7, "upload_id": api.upload(OTHER_PDF)})
    lost = api("PUT", path, document | {"upload_id": UNKNOWN})

    assert (old.status, old.json["code"]) == (409, "version_conflict")
    assert lost.problems == {("upload_id", "upload_not_found")}
    assert api("GET", path).json == document


def test_what_is_written_here_does_not_become_an_upload_nor_the_reverse(api: Api) -> None:
    written, other = api.create(INVOICE), uploaded(api, UPLOADED_INVOICE)
    upload = UPLOADED_INVOICE | {"upload_id": api.upload(PDF)}

    to_upload = api("PUT", f"/v1/documents/{written}", upload | {"version": 1})
    to_written = api("PUT", f"/v1/documents/{other}", INVOICE | {"version": 1})

    assert to_upload.problems == to_written.problems == {("upload_id", "source_fixed")}


def test_a_document_is_made_once_of_a_repeated_request_even_when_the_upload_is_gone(
    api: Api,
) -> None:
    body = UPLOADED_INVOICE | {"upload_id": api.upload(PDF)}
    first = api("POST", "/v1/documents", body, idempotency_key="k")
    api.uploads.posted.clear()
    path = f"/v1/documents/{first.json['id']}"
    api("PUT", path, first.json | {"number": "F-9", "upload_id": api.upload(OTHER_PDF)})

    second = api("POST", "/v1/documents", body, idempotency_key="k")
    api("DELETE", path)
    third = api("POST", "/v1/documents", body, idempotency_key="k")

    assert (first.status, second.status, third.status) == (201, 201, 201)
    assert second.json == third.json == first.json


@pytest.mark.feature("B17")
def test_the_date_of_an_uploaded_list_does_not_move(api: Api) -> None:
    document_id = uploaded(api, UPLOADED_LIST, publish=True)
    lists = [api.create(STAFF_LIST, publish=True), document_id]

    moving = a_campaign(api, document_ids=lists, recurrence=MONDAYS, auto_increment_date=True)
    refused = api("POST", "/v1/campaigns", moving)
    previewed = api("POST", "/v1/preview", moving)
    created = api("POST", "/v1/campaigns", moving | {"auto_increment_date": False})
    changed = put(api, created.json, auto_increment_date=True)

    for answer in (refused, previewed, changed):
        [problem] = answer.json["errors"]
        assert (problem["field"], problem["code"]) == ("auto_increment_date", "upload_date_fixed")
        assert problem["message"].startswith("Ce PDF a été importé")
    assert created.status == 201


@pytest.mark.feature("B21")
def test_uploads_too_heavy_for_a_mail_are_refused_when_the_campaign_is_saved(api: Api) -> None:
    heavy = [
        uploaded(api, UPLOADED_LIST, b"%PDF-".ljust(9 * MEGABYTE + n), publish=True)
        for n in range(3)
    ]

    refused = api("POST", "/v1/campaigns", a_campaign(api, document_ids=heavy))
    at_once = api("POST", "/v1/sends", {"document_ids": heavy, "to": "a@x.example"})
    created = api("POST", "/v1/campaigns", a_campaign(api, document_ids=heavy[:2]))

    for answer in (refused, at_once):
        [problem] = answer.json["errors"]
        assert (problem["field"], problem["code"]) == ("document_ids", "attachment_too_large")
        assert "37" in problem["message"]
    assert created.status == 201


@pytest.mark.feature("B17", "B21")
def test_a_heavier_pdf_is_refused_when_a_campaign_could_not_send_it(api: Api) -> None:
    big = b"%PDF-".ljust(10 * MEGABYTE)
    heavy = uploaded(api, UPLOADED_LIST, big, publish=True)
    light = uploaded(api, UPLOADED_LIST | {"name": "Équipe Bercy"}, publish=True)
    both = {"document_ids": [heavy, light], "recurrence": MONDAYS}
    api("POST", "/v1/campaigns", a_campaign(api, name="Les deux", **both))
    api("POST", "/v1/campaigns", a_campaign(api, name="Une", document_ids=[light]))
    body = api("GET", f"/v1/documents/{light}").json

    def change(**fields: object) -> Any:
        return api("PUT", f"/v1/documents/{light}", {**body, **fields})

    refused = change(upload_id=api.upload(big))
    renamed = change(name="Équipe Lyon")

    assert (refused.status, refused.problems) == (422, {("upload_id", "campaigns_too_heavy")})
    (problem,) = refused.json["errors"]
    assert "27 Mo" in problem["message"]
    assert "Les deux" in problem["message"]
    assert "Une" not in problem["message"]
    assert renamed.status == 200
    assert renamed.json["upload"] == body["upload"]
