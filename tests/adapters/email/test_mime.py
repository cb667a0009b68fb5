"""The source of a mail, as SES and mail programs receive it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.adapters.email.compose import MailComposer
from facteur.domain.address import Role
from facteur.ports import Attachment
from tests.adapters.email.examples import (
    INVOICE,
    PDF,
    SEND,
    alternative,
    mail_of,
    parse,
    people,
    sources,
)

bodies = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def test_mail_is_mixed_of_two_alternatives_and_the_pdf() -> None:
    mail = mail_of(SEND)

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]


@pytest.mark.feature("S12")
@pytest.mark.feature("S34")
def test_pdf_is_attached_byte_for_byte_under_its_name() -> None:
    [attached] = mail_of(SEND).iter_attachments()

    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "Facture F-2026-0142.pdf"
    assert attached.get_content() == PDF


def test_several_documents_are_attached_in_order() -> None:
    second = replace(INVOICE, filename="Facture F-2026-0143.pdf")
    send = replace(SEND, documents=(INVOICE, second))

    names = [part.get_filename() for part in mail_of(send).iter_attachments()]

    assert names == ["Facture F-2026-0142.pdf", "Facture F-2026-0143.pdf"]


@pytest.mark.parametrize(
    ("filename", "fallback"),
    [
        ("Liste de personnel Chantier Étoile 2026-12-31.pdf", "Liste de personnel Chantier Etoile"),
        ("Facture n° 12 – l’été.pdf", "Facture no 12 - l'ete.pdf"),
        ("Œuvre Łódź Søren Æbeltoft Straße.pdf", "Oeuvre Lodz Soren Aebeltoft Strasse.pdf"),
        ("Đặng Þór Guðrún Ħal Ŋila ĳs ı.pdf", "Dang Thor Gudrun Hal Ngila ijs i.pdf"),
        ("Список персонала.pdf", "Spisok personala.pdf"),
        ("Κατάλογος « Ω ».pdf", "Katalogos - O -.pdf"),
        ("名簿" * 60 + ".pdf", "MingBu" * 20 + ".pdf"),
        ("😂" * 60 + ".pdf", "-joy-"),
        ("\U000f0000.pdf", "document.pdf"),
        ('Facture "A".pdf', 'Facture "A".pdf'),
    ],
)
def test_attachment_keeps_its_whole_name_and_has_one_in_ascii_letters(
    filename: str, fallback: str
) -> None:
    send = replace(SEND, documents=(replace(INVOICE, filename=filename),))

    [attached] = mail_of(send).iter_attachments()

    assert attached.get_filename() == filename
    assert attached["Content-Type"].params["name"].startswith(fallback)


def test_same_message_is_the_same_bytes_in_any_process() -> None:
    send = replace(SEND, recipients=people(3, Role.BCC), separate=True)

    assert sources(send) == sources(send)
    composition = MailComposer().compose(send, [Attachment("a.pdf", PDF)])
    planned = send.messages()[1]
    assert composition.source(planned) == composition.source(planned)


@given(body=bodies, subject=st.text("abé€ ,;:=?", max_size=255))
def test_source_is_seven_bit_with_short_lines_ended_by_crlf(body: str, subject: str) -> None:
    send = replace(SEND, body=body, subject=subject.strip())

    [source] = sources(send)

    assert source.isascii()
    assert source.endswith(b"\r\n")
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", source) is None
    assert max(len(line) for line in source.split(b"\r\n")) <= 78
    parse(source)


@given(body=bodies)
def test_body_arrives_as_typed_in_the_plain_alternative(body: str) -> None:
    plain = alternative(replace(SEND, body=body, documents=()), "plain")

    typed = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    assert plain.removesuffix("\n") == typed


def test_body_that_imitates_a_boundary_ends_nothing() -> None:
    send = replace(SEND, body=f"--=_text-{SEND.id}--\n\n--=_mail-{SEND.id}\n\nfin")

    assert alternative(send, "plain").startswith(send.body)
    assert len(list(mail_of(send).iter_attachments())) == 1


def test_date_is_that_of_the_send_and_the_message_id_of_its_domain() -> None:
    mail = mail_of(SEND)

    assert mail["Date"].datetime == SEND.queued_at
    assert mail["Message-ID"] == f"<{SEND.id}@atelier.example.com>"
    assert mail["MIME-Version"] == "1.0"


def test_mail_has_the_headers_of_a_mail_and_no_other() -> None:
    names = list(mail_of(SEND))

    assert names == [
        "Date",
        "From",
        "To",
        "Message-ID",
        "Subject",
        "MIME-Version",
        "Content-Type",
    ]
