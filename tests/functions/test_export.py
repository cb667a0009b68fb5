"""The CSV export over HTTP."""

import csv
import io

import pytest

from facteur.domain.message import MessageEvent
from tests.functions.calling import INVOICE, Api

TO = "compta@dupont.example"


def table(text: str, *, delimiter: str = ";") -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


@pytest.mark.feature("B14")
def test_export_has_one_line_per_recipient(api: Api) -> None:
    send = api.send(api.create(INVOICE), cc="chef@dupont.example", copy_to_sender=True)
    api.happens(send["id"], MessageEvent.SENT)
    api.happens(
        send["id"], MessageEvent.HARD_BOUNCED, index=1, code="mailbox_full", detail="552 Full"
    )

    answer = api("GET", "/v1/sends.csv")

    head, first, second, third = table(answer.text)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="facteur.csv"'
    assert len(head) == 17
    assert first == [
        send["id"],
        "2026-11-24 10:00:00",
        "2026-11-24 10:00:00",
        "Accepté",
        "2026-11-24 10:00:00",
        TO,
        "À",
        "Facture F-2026-0142 - Dupont BTP",
        "Facture",
        "Facture F-2026-0142",
        "F-2026-0142",
        "Facture F-2026-0142.pdf",
        send["documents"][0]["sha256"],
        "ses-0000",
        "claire@atelier-durand.example",
        "",
        "",
    ]
    assert (second[3], second[5], second[6]) == ("Non remis", "chef@dupont.example", "Cc")
    assert second[15] == "mailbox_full: 552 Full"
    assert second[16].startswith("La boîte du destinataire est pleine. Demandez-lui")
    assert third[6] == "Copie à l’expéditeur"


@pytest.mark.feature("B14")
@pytest.mark.feature("B18")
def test_export_in_english_has_commas(api: Api) -> None:
    api.send(api.create(INVOICE))

    answer = api("GET", "/v1/sends.csv", accept_language="en-GB")

    head, line = table(answer.text, delimiter=",")
    assert head[0] == "Send"
    assert (line[3], line[8]) == ("Queued", "Invoice")


def test_export_is_in_the_language_of_the_organization_unless_one_is_chosen(api: Api) -> None:
    settings = api("GET", "/v1/settings").json
    api("PUT", "/v1/settings", settings | {"locale": "en"})

    answer = api("GET", "/v1/sends.csv", accept_language="")

    assert table(answer.text, delimiter=",")[0][0] == "Send"


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(api: Api, first: str) -> None:
    api.send(api.create(INVOICE), subject=f'{first}HYPERLINK("http://x.example")')

    lines = table(api("GET", "/v1/sends.csv").text)

    assert lines[1][7] == f'\'{first}HYPERLINK("http://x.example")'


@pytest.mark.feature("S81")
@pytest.mark.feature("B14")
def test_export_holds_what_the_filters_find(api: Api) -> None:
    document_id = api.create(INVOICE)
    failed, _ = api.send(document_id)["id"], api.send(document_id)["id"]
    api.happens(failed, MessageEvent.FAILED, code="address_rejected")

    answer = api("GET", "/v1/sends.csv", query={"status": "failed", "type": "invoice"})

    assert [line[0] for line in table(answer.text)[1:]] == [failed]


def test_export_names_all_recipients_of_a_large_send(api: Api) -> None:
    addresses = [f"a{n}@x.example" for n in range(30)]
    api.send(api.create(INVOICE), bcc=addresses)

    lines = table(api("GET", "/v1/sends.csv").text)

    assert [line[5] for line in lines[1:]] == [TO, *addresses]


def test_export_reads_every_page(api: Api) -> None:
    document_id = api.create(INVOICE)
    sent = [api.send(document_id)["id"] for _ in range(105)]

    lines = table(api("GET", "/v1/sends.csv").text)

    assert [line[0] for line in lines[1:]] == sent[::-1]


def test_export_of_too_many_lines_asks_for_a_range(api: Api) -> None:
    document_id = api.create(INVOICE)
    for _ in range(6):
        api.send(document_id, bcc=[f"a{n}@x.example" for n in range(900)])

    answer = api("GET", "/v1/sends.csv")

    assert answer.status == 422
    assert answer.problems == {("from", "export_too_large")}


def test_bad_filters_of_the_export_are_named(api: Api) -> None:
    answer = api("GET", "/v1/sends.csv", query={"from": "x", "type": "y"})

    assert answer.problems == {("from", "date_invalid"), ("type", "not_allowed")}
