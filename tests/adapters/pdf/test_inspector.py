"""Checks of uploaded PDFs, accepted and refused."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from facteur.adapters.inspector import PdfInspector
from facteur.domain.errors import InputError

type Change = Callable[[PdfWriter], Any]


def made(change: Change = lambda _: None) -> bytes:
    """A PDF of one empty page, changed by ``change``."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def dictionary(**entries: PdfObject | str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject(f"/{name}"): value if isinstance(value, PdfObject) else NameObject(value)
            for name, value in entries.items()
        }
    )


def on_opening(action: DictionaryObject) -> Change:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = action

    return change


def of_the_document(name: str, value: PdfObject) -> Change:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject(name)] = value

    return change


def of_a_link(action: DictionaryObject) -> Change:
    link = dictionary(Type="/Annot", Subtype="/Link", A=action)

    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    return change


def nowhere(action: DictionaryObject) -> Change:
    return lambda writer: writer._add_object(action)


LAUNCH = dictionary(S="/Launch", F=TextStringObject("calc.exe"))
SCRIPT = dictionary(S="/JavaScript", JS=TextStringObject("app.alert(1)"))
GO_TO = dictionary(S="/URI", URI=TextStringObject("https://example.com/"))


def verdict_on(pdf: bytes, *, patience: float = 60) -> str:
    try:
        PdfInspector(patience).check(pdf, field="upload_id")
    except InputError as error:
        [problem] = error.problems
        assert problem.field == "upload_id"
        return problem.code
    return "good"


@pytest.mark.feature("B17")
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda _: None, id="empty page"),
        pytest.param(of_a_link(GO_TO), id="link to a page of the web"),
        pytest.param(on_opening(dictionary(S="/GoTo", D=ArrayObject())), id="opens at a page"),
        pytest.param(
            of_the_document("/Odd", dictionary(S=dictionary())), id="another meaning of S"
        ),
        pytest.param(lambda writer: writer.add_attachment("a.xml", b"<xml/>"), id="Factur-X"),
    ],
)
def test_an_ordinary_pdf_is_good(change: Change) -> None:
    assert verdict_on(made(change)) == "good"


@pytest.mark.feature("B17")
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda writer: writer.add_open_action(JavaScript("x()")), id="on opening"),
        pytest.param(on_opening(LAUNCH), id="starts a program on opening"),
        pytest.param(of_a_link(LAUNCH), id="link that starts a program"),
        pytest.param(of_a_link(SCRIPT), id="link with a script"),
        pytest.param(nowhere(SCRIPT), id="script that nothing leads to"),
        pytest.param(of_the_document("/AcroForm", dictionary(XFA=StreamObject())), id="XFA form"),
        pytest.param(
            of_the_document("/Names", dictionary(JavaScript=dictionary())), id="script by name"
        ),
    ],
)
def test_a_pdf_that_runs_something_is_refused(change: Change) -> None:
    assert verdict_on(made(change)) == "upload_has_actions"


def test_an_action_is_found_under_a_name_that_hides_it() -> None:
    pdf = made(of_a_link(LAUNCH)).replace(b"/Launch", b"/L#61unch")

    assert verdict_on(pdf) == "upload_has_actions"


@pytest.mark.feature("B17")
@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_pdf_is_refused_also_when_it_opens_without_a_password(
    algorithm: str, password: str
) -> None:
    pdf = made(lambda writer: writer.encrypt(password, owner_password="owner", algorithm=algorithm))

    assert verdict_on(pdf) == "upload_encrypted"


@pytest.mark.feature("B17")
@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"PK\x03\x04 a spreadsheet",
        b"\xef\xbb\xbf%PDF-1.7",
        b"%PDF-1.7 and nothing else",
        made()[:300],
        made(lambda writer: writer.remove_page(0)),
    ],
    ids=["empty", "zip", "byte-order mark first", "head only", "cut off", "no page"],
)
def test_what_cannot_be_read_is_refused(pdf: bytes) -> None:
    assert verdict_on(pdf) == "upload_not_pdf"


def test_a_pdf_that_takes_too_long_to_read_is_refused() -> None:
    assert verdict_on(made(), patience=-1) == "upload_not_pdf"


_WITH_SCRIPT = made(on_opening(SCRIPT))


@given(st.lists(st.tuples(st.integers(5, len(_WITH_SCRIPT) - 1), st.integers(0, 255)), max_size=6))
def test_every_broken_file_is_accepted_or_refused(changes: list[tuple[int, int]]) -> None:
    pdf = bytearray(_WITH_SCRIPT)
    for place, value in changes:
        pdf[place] = value

    assert verdict_on(bytes(pdf))
