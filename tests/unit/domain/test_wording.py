"""Names, subjects and file names."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from facteur.domain.content import (
    Content,
    DocumentType,
    Invoice,
    PurchaseOrder,
    StaffList,
    UploadedFile,
    UploadedPdf,
)
from facteur.domain.content_parts import Line, Party
from facteur.domain.filenames import distinct_filenames, filename_of
from facteur.domain.headers import check_header
from facteur.domain.variables import check_variables, replace_variables
from facteur.domain.wording import (
    default_body,
    default_name,
    default_subject,
    name_of_copy,
)
from facteur.locales import Locale

DAY = dt.date(2026, 12, 31)
LINES = (Line(description="x", quantity=Decimal(1), unit_price=Decimal(1), vat_rate=Decimal(20)),)
one_line = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
names = st.text(one_line, min_size=1, max_size=200).filter(lambda name: bool(name.strip()))
numbers = st.text(one_line, min_size=1, max_size=50).filter(lambda number: bool(number.strip()))


def staff_list(name: str) -> StaffList:
    return StaffList(type=DocumentType.STAFF_LIST, name=name, date=DAY, entries=())


def invoice(number: str, client: str = "Boulangerie Martin") -> Invoice:
    return Invoice(
        type=DocumentType.INVOICE, number=number, date=DAY, client=Party(name=client), lines=LINES
    )


def order(number: str) -> PurchaseOrder:
    return PurchaseOrder(
        type=DocumentType.PURCHASE_ORDER,
        number=number,
        date=DAY,
        supplier=Party(name="Moulin"),
        lines=LINES,
    )


def upload(kind: DocumentType) -> UploadedPdf:
    file = UploadedFile(size=1, sha256="ab12")
    return UploadedPdf(type=kind, name="Chantier", number="F-1", date=DAY, upload=file)


contents = st.one_of(
    names.map(staff_list),
    st.builds(invoice, numbers, names),
    numbers.map(order),
    st.sampled_from(DocumentType).map(upload),
)


@pytest.mark.feature("S8")
@pytest.mark.feature("S9")
@pytest.mark.feature("S10")
@pytest.mark.parametrize(
    ("content", "subject"),
    [
        (invoice("F-1"), "Facture {document_number} - Boulangerie Martin"),
        (staff_list("Chantier"), "Liste de personnel - {date}"),
        (order("BC-7"), "Bon de commande {document_number}"),
        pytest.param(
            upload(DocumentType.INVOICE),
            "Facture {document_number}",
            marks=pytest.mark.feature("B17"),
        ),
    ],
)
def test_subject_is_proposed_by_type(content: Content, subject: str) -> None:
    assert default_subject(content, Locale("fr")) == subject


@given(content=contents, locale=st.sampled_from(Locale))
def test_proposed_subject_and_body_always_have_proper_variables(
    content: Content, locale: Locale
) -> None:
    assert check_variables(default_subject(content, locale), field="subject") == []
    assert check_variables(default_body(locale), field="body") == []


@given(client=names)
def test_name_of_a_client_stands_in_the_subject_as_it_is(client: str) -> None:
    content = invoice("F-1", client)

    subject = replace_variables(default_subject(content, Locale("fr")), {"document_number": "F-1"})

    assert subject == f"Facture F-1 - {content.client.name}"


@pytest.mark.feature("S50")
@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (invoice("F-2026-0142"), "Facture F-2026-0142.pdf"),
        (order("BC/7"), "Bon de commande BC-7.pdf"),
        (staff_list("Chantier Étoile"), "Liste de personnel Chantier Étoile 2027-01-31.pdf"),
        (staff_list("../../etc\\passwd"), "Liste de personnel ..-..-etc-passwd 2027-01-31.pdf"),
    ],
)
def test_file_is_named_by_number_or_by_name_and_date(content: Content, filename: str) -> None:
    assert filename_of(content, on=dt.date(2027, 1, 31), locale=Locale("fr")) == filename


@given(content=contents, locale=st.sampled_from(Locale))
@example(content=staff_list("名" * 200), locale=Locale("fr"))
@example(content=staff_list("a." * 100), locale=Locale("fr"))
@example(content=invoice("..\u202e\u200bfdp.exe "), locale=Locale("en"))
def test_file_name_is_safe_on_any_file_system_and_in_any_header(
    content: Content, locale: Locale
) -> None:
    filename = filename_of(content, on=DAY, locale=locale)

    assert filename.endswith(".pdf")
    assert len(filename.encode()) <= 255
    assert not set(filename) & set('\\/:*?"<>|')
    assert check_header(filename, field="filename") == []
    assert filename == filename.strip(" .")


@given(names=st.lists(st.sampled_from(["a.pdf", "A.pdf", "a (2).pdf", "b.pdf", "a (2) (2).pdf"])))
def test_namesakes_are_told_apart_and_keep_their_order(names: list[str]) -> None:
    distinct = distinct_filenames(names)

    assert len({name.casefold() for name in distinct}) == len(names)
    for name, kept in zip(names, distinct, strict=True):
        assert kept.startswith(name.removesuffix(".pdf"))
        assert kept.endswith(".pdf")


def test_first_of_two_namesakes_keeps_its_name() -> None:
    assert distinct_filenames(["a.pdf", "a.pdf", "a.pdf"]) == ["a.pdf", "a (2).pdf", "a (3).pdf"]


def test_document_without_a_name_is_called_by_type_and_number() -> None:
    assert default_name(invoice("F-1"), Locale("fr")) == "Facture F-1"
    assert default_name(invoice("F-1"), Locale("en")) == "Invoice F-1"
    assert default_name(staff_list("Chantier"), Locale("fr")) == "Chantier"


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("Liste", "Liste (copie)"),
        ("Liste (copie)", "Liste (copie 2)"),
        ("Liste (copie 9)", "Liste (copie 10)"),
        ("x" * 200, "x" * 192 + " (copie)"),
        ("x" * 192 + " (copie)", "x" * 190 + " (copie 2)"),
        ("(copie)", "(copie) (copie)"),
    ],
)
def test_copies_of_a_campaign_are_counted(name: str, copied: str) -> None:
    assert name_of_copy(name, Locale("fr")) == copied
