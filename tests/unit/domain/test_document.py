"""What a document may hold."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from facteur.domain.content import (
    RULES,
    Content,
    DocumentStatus,
    DocumentType,
    Invoice,
    PurchaseOrder,
    StaffList,
)
from facteur.domain.content_parts import Line, Party, StaffEntry
from facteur.domain.document import Document, summary_of
from facteur.domain.errors import Problem
from facteur.domain.identity import DocumentId

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 24)
LINE = Line(
    description="Farine\nType 65",
    quantity=Decimal("1.5"),
    unit_price=Decimal(1000),
    vat_rate=Decimal("5.5"),
)
INVOICE = Invoice(
    type=DocumentType.INVOICE, number="F-1", date=DAY, client=Party(name="Martin"), lines=(LINE,)
)
ORDER = PurchaseOrder(
    type=DocumentType.PURCHASE_ORDER,
    number="BC-1",
    date=DAY,
    supplier=Party(name="Moulin"),
    lines=(LINE,),
)
LIST = StaffList(
    type=DocumentType.STAFF_LIST,
    name="Chantier",
    date=DAY,
    entries=(StaffEntry(last_name="Durand", start="08:00", notes="casque\ngants"),),
)
_contents: TypeAdapter[Content] = TypeAdapter(Content)


def document(content: Content, status: DocumentStatus) -> Document:
    return Document(
        id=DocumentId("01JDE0000000000000000000DC"),
        status=status,
        content=content,
        version=1,
        created_at=NOW,
        updated_at=NOW,
    )


@pytest.mark.parametrize("content", [INVOICE, ORDER, LIST])
def test_content_comes_back_from_json_as_it_went(content: Content) -> None:
    assert _contents.validate_json(_contents.dump_json(content)) == content


@given(
    amount=st.decimals("-9999999999", "9999999999", places=4, allow_nan=False)
    | st.sampled_from([Decimal("1E+3"), Decimal("0E-4"), Decimal("1.50")])
)
def test_amounts_travel_as_plain_decimal_text(amount: Decimal) -> None:
    line = LINE.model_copy(update={"quantity": amount})

    text = line.model_dump(mode="json")["quantity"]

    assert "E" not in text
    assert Decimal(text) == amount


@pytest.mark.parametrize("broken", ["a\nb", "a\r\nBcc: x@y.fr", "a\tb", "a\x00b", "a\u2028b"])
@pytest.mark.parametrize("field", ["name", "number"])
def test_names_and_numbers_are_of_one_line_because_they_enter_subjects(
    field: str, broken: str
) -> None:
    for content in (INVOICE, ORDER, LIST):
        with pytest.raises(ValidationError) as raised:
            type(content).model_validate(content.model_dump() | {field: broken})

        [error] = raised.value.errors()
        assert error["loc"] == (field,)
        assert error["ctx"]["error"].problems == (Problem("", "control_character"),)


def test_name_of_a_client_is_of_one_line_because_it_enters_subjects() -> None:
    with pytest.raises(ValidationError):
        Party(name="Martin\nBcc: x@y.fr")


@pytest.mark.feature("S22")
@pytest.mark.feature("S23")
@pytest.mark.feature("S24")
@pytest.mark.parametrize("content", [INVOICE, ORDER, LIST])
@pytest.mark.parametrize("status", DocumentStatus)
def test_document_is_ready_for_a_campaign_in_one_status_only(
    content: Content, status: DocumentStatus
) -> None:
    ready = {"staff_list": "published", "invoice": "sent", "purchase_order": "sent"}

    assert document(content, status).is_ready == (status.value == ready[content.type])
    assert set(RULES) == set(DocumentType)


@pytest.mark.parametrize(("content", "party"), [(INVOICE, "Martin"), (ORDER, "Moulin"), (LIST, "")])
def test_row_of_a_document_says_whom_it_concerns(content: Content, party: str) -> None:
    summary = summary_of(document(content, DocumentStatus.DRAFT))

    assert (summary.party, summary.number, summary.date) == (party, content.number, DAY)


@pytest.mark.parametrize("time", ["24:00", "8:00", "08:60", "08:00:00", "midi"])
def test_time_of_day_is_written_in_full(time: str) -> None:
    with pytest.raises(ValidationError):
        StaffEntry(last_name="Durand", start=time)
