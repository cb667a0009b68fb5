"""A document whose few kilobytes print as thousands of pages.

The attacker saves an invoice of 1,000 lines, each of 499 line breaks: 9,637 pages, which every
preview, send and occurrence would lay out. Ten of them in one send would take minutes. Nobody else
may wait for that: the document is refused when it is saved, and laying out one that was stored
before the rule stops at the last page allowed.
"""

import datetime as dt
import time
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facteur.adapters.pdf.renderer import PdfRenderer, lay_out
from facteur.domain.content import DocumentStatus, Invoice, StaffList, Written
from facteur.domain.content_parts import MAX_ENTRIES, MAX_PAGES, Line, Party, StaffEntry
from facteur.domain.document import Document
from facteur.domain.errors import InputError, TooManyPagesError
from facteur.domain.identity import DocumentId
from facteur.domain.settings import OrganizationSettings
from facteur.services.documents.attach import AttachDocuments
from facteur.services.documents.make_pdf import MakePdf
from tests.fakes import FakeArchive, FakeRenderer
from tests.functions.calling import INVOICE, ORGANIZATION, STAFF_LIST, Api

DAY = dt.date(2026, 11, 20)
SELLER = OrganizationSettings(name="Atelier Durand")
BREAKS = "a\n" * 499 + "a"


def invoice(*descriptions: str) -> Invoice:
    line = {"quantity": Decimal(1), "unit_price": Decimal(1), "vat_rate": Decimal(20)}
    return Invoice.model_validate(
        {
            "type": "invoice",
            "number": "F-1",
            "date": DAY,
            "client": Party(name="Dupont"),
            "lines": [Line.model_validate({"description": d, **line}) for d in descriptions],
        }
    )


def pages_of(content: Written) -> int:
    """The pages laid out, MAX_PAGES + 1 when it was refused."""
    try:
        return len(lay_out(content, SELLER, on=DAY).pages)
    except TooManyPagesError:
        return MAX_PAGES + 1


@dataclass
class LayingOut(FakeRenderer):
    """Lays documents out as the real one does."""

    def ensure_printable(self, content: Written, settings: OrganizationSettings) -> None:
        PdfRenderer().ensure_printable(content, settings)

    def render(self, document: Document, settings: OrganizationSettings, *, on: dt.date) -> bytes:
        return PdfRenderer().render(document, settings, on=on)


def with_lines(count: int, description: str) -> dict[str, Any]:
    line = {**INVOICE["lines"][0], "description": description}
    return {**INVOICE, "lines": [line] * count}


def test_invoice_of_thousands_of_pages_is_refused_when_it_is_saved(api: Api) -> None:
    api.renderer = LayingOut()

    refused = api("POST", "/v1/documents", with_lines(1_000, BREAKS))

    assert refused.status == 422
    assert refused.problems == {("lines", "too_many_pages")}
    assert api("GET", "/v1/documents").json["items"] == []


def test_edit_to_thousands_of_pages_is_refused_and_changes_nothing(api: Api) -> None:
    api.renderer = LayingOut()
    document_id = api.create(INVOICE)

    refused = api(
        "PUT", f"/v1/documents/{document_id}", {**with_lines(1_000, BREAKS), "version": 1}
    )

    assert refused.problems == {("lines", "too_many_pages")}
    kept = api("GET", f"/v1/documents/{document_id}").json
    assert (kept["version"], len(kept["lines"])) == (1, 1)


def test_preview_of_thousands_of_pages_is_refused_and_keeps_nothing(api: Api) -> None:
    api.renderer = LayingOut()

    refused = api("POST", "/v1/documents/preview", with_lines(1_000, BREAKS))

    assert refused.problems == {("lines", "too_many_pages")}
    assert api.archive.previews == {}


def test_preview_costs_one_pdf_and_one_object_that_is_soon_gone(api: Api) -> None:
    before = deepcopy(api.store.of(ORGANIZATION))

    for _ in range(3):
        assert api("POST", "/v1/documents/preview", with_lines(MAX_ENTRIES, "Pose")).status == 200

    assert (api.renderer.rendered, len(api.archive.previews)) == (3, 3)
    assert api.store.of(ORGANIZATION) == before


def test_long_honest_documents_are_accepted(api: Api) -> None:
    api.renderer = LayingOut()
    remark = "Pose de cloisons, fourniture comprise, au troisième étage du bâtiment B. " * 2
    entries = [{**STAFF_LIST["entries"][0], "notes": "Badge à l’accueil"}] * MAX_ENTRIES

    saved = api("POST", "/v1/documents", with_lines(MAX_ENTRIES, remark))
    listed = api("POST", "/v1/documents", {**STAFF_LIST, "entries": entries})

    assert (saved.status, listed.status) == (201, 201)


def test_laying_out_stops_at_the_last_page_allowed() -> None:
    most, ten_times = invoice(*[BREAKS] * 40), invoice(*[BREAKS] * 400)
    began = time.process_time()
    pages_of(most)
    normal = time.process_time() - began

    began = time.process_time()
    with pytest.raises(TooManyPagesError):
        lay_out(ten_times, SELLER, on=DAY)
    hostile = time.process_time() - began

    assert pages_of(most) > MAX_PAGES  # the smaller one exceeds the limit already
    # Breaking the text into lines is linear in its bytes; no page beyond the limit is made.
    assert hostile < 20 * normal


def test_attachments_are_not_rendered_once_those_before_are_too_large() -> None:
    renderer = FakeRenderer(size=12 * 1024 * 1024)
    attach = AttachDocuments(make_pdf=MakePdf(renderer=renderer, archive=FakeArchive()))
    documents = [stored(invoice("Pose"), n) for n in range(10)]

    with pytest.raises(InputError):
        attach.attach(ORGANIZATION, documents, SELLER, dates=[DAY] * 10)

    assert renderer.rendered == 2


def stored(content: Written, n: int) -> Document:
    now = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    return Document(
        id=DocumentId(f"01KBX3V5TQ8ZJ4M6N2W9RHCE{n:02d}"),
        status=DocumentStatus.DRAFT,
        content=content,
        version=1,
        created_at=now,
        updated_at=now,
    )


words = st.text(st.sampled_from("aW \n-ł\u2028"), max_size=200)
entries = st.builds(
    StaffEntry,
    last_name=st.sampled_from(["a", "W" * 200]),
    first_name=st.text("aW ", max_size=200),
    position=st.text("aW ", max_size=200),
    notes=st.text("aW\n", max_size=200),
)


@given(
    one=entries,
    count=st.integers(1, MAX_ENTRIES),
    notes=st.text(st.sampled_from("a\n"), max_size=2_000),
)
@settings(max_examples=30)
def test_no_list_is_laid_out_beyond_the_limit(one: StaffEntry, count: int, notes: str) -> None:
    content = StaffList.model_validate(
        {"type": "staff_list", "name": "x", "date": DAY, "notes": notes, "entries": [one] * count}
    )

    assert pages_of(content) <= MAX_PAGES + 1
