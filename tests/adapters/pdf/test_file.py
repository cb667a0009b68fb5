"""The PDF file: its metadata and size, and the same bytes for the same document."""

import base64
import datetime as dt
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from facteur.adapters.pdf.logo import logo_of
from facteur.adapters.pdf.renderer import PdfRenderer
from facteur.domain.content import Content, UploadedPdf
from facteur.locales import Locale
from tests.adapters.pdf.samples import (
    ENGLISH,
    ENTRY,
    FULL,
    INVOICE,
    ON,
    ORDER,
    STAFF,
    WRITTEN,
    pages,
    render,
)

PAGE_LIMIT = 16 * 1024


def data_uri(size: tuple[int, int], image_format: str = "PNG", mode: str = "RGB") -> str:
    file = BytesIO()
    Image.new(mode, size).save(file, format=image_format)
    content = base64.b64encode(file.getvalue()).decode()
    return f"data:image/{image_format.lower()};base64,{content}"


def test_the_file_names_its_title_author_date_and_language() -> None:
    reader = PdfReader(BytesIO(render(INVOICE.model_copy(update={"name": ""}))))

    assert reader.metadata is not None
    assert reader.metadata.title == "Facture F-2026-0142"
    assert reader.metadata.author == "Atelier Durand"
    assert reader.metadata.creation_date == WRITTEN
    assert str(reader.root_object["/Lang"]) == "fr-FR"


def test_an_english_file_says_that_it_is_english() -> None:
    reader = PdfReader(BytesIO(render(STAFF, ENGLISH)))

    assert str(reader.root_object["/Lang"]) == "en-GB"


@pytest.mark.parametrize("content", [STAFF, INVOICE, ORDER])
def test_the_same_document_gives_the_same_bytes(content: Content) -> None:
    settings = replace(FULL, logo=data_uri((800, 200)))

    first, second = (render(content, settings) for _ in range(2))

    assert first == second


def test_another_date_gives_another_list() -> None:
    assert render(STAFF, on=ON) != render(STAFF, on=ON + dt.timedelta(days=1))


@pytest.mark.parametrize("content", [STAFF, INVOICE, ORDER])
def test_one_page_takes_16_kilobytes_at_most(content: Content) -> None:
    pdf = render(content)

    assert len(pages(pdf)) == 1
    assert len(pdf) <= PAGE_LIMIT


def test_fonts_are_embedded() -> None:
    pdf = render(STAFF)

    resources: Any = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]
    for reference in resources["/Font"].values():
        font = reference.get_object()
        assert font["/Subtype"] == "/Type0"
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


@pytest.mark.parametrize(
    ("image_format", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("JPEG", "L"),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
    ],
)
@pytest.mark.parametrize("size", [(40, 20), (2_000, 700)])
def test_a_logo_is_printed(image_format: str, mode: str, size: tuple[int, int]) -> None:
    settings = replace(FULL, logo=data_uri(size, image_format, mode))

    reader = PdfReader(BytesIO(render(INVOICE, settings)))

    (image,) = reader.pages[0].images
    assert image.image is not None
    assert image.image.width <= 600


@pytest.mark.parametrize("size", [(3_000, 10), (10, 3_000), (1, 1), (900, 300)])
def test_a_logo_of_any_shape_keeps_it_within_its_place(size: tuple[int, int]) -> None:
    logo = logo_of(data_uri(size))

    assert logo is not None
    assert logo.width <= 150
    assert logo.height <= 48
    assert logo.width / logo.height == pytest.approx(size[0] / size[1])


@pytest.mark.parametrize(
    "logo",
    [
        "data:image/png;base64,AAAA",
        "data:image/png;base64,%%%",
        "file:///etc/hostname",
        "https://logo.example/a.png",
        data_uri((60, 60))[:-60],
        data_uri((60, 60), "GIF"),
    ],
)
def test_a_broken_logo_leaves_the_name_in_its_place(logo: str) -> None:
    pdf = render(INVOICE, replace(FULL, logo=logo))

    assert not PdfReader(BytesIO(pdf)).pages[0].images
    assert pages(pdf)[0].startswith("Atelier Durand")


def test_dates_are_printed_alone_for_subjects() -> None:
    assert PdfRenderer().format_date(ON, Locale("fr")) == "31/01/2027"
    assert PdfRenderer().format_date(ON, Locale("en")) == "31/01/2027"


def test_a_long_list_stays_small() -> None:
    pdf = render(STAFF.model_copy(update={"entries": (ENTRY,) * 300}))

    assert len(pdf) <= 4 * PAGE_LIMIT


def test_a_pdf_that_was_uploaded_is_not_made_again() -> None:
    heading = {"type": "invoice", "number": "F-1", "date": ON}
    upload = UploadedPdf.model_validate(heading | {"upload": {"size": 9, "sha256": "ab12"}})

    with pytest.raises(TypeError):
        render(upload)
