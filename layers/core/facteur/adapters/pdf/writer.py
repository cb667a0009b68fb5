"""Writes laid-out pages as a PDF file."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import ResourceAccessPolicy
from fpdf.fonts import TTFFont
from fpdf.output import OutputProducer
from fpdf.syntax import PDFContentStream, PDFObject

from facteur.adapters.pdf.sheet import Box, Drawable, Picture, Rule, Sheet, Text
from facteur.adapters.pdf.style import Style
from facteur.adapters.pdf.typeface import Weight, printable

_FAMILY = "facteur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The metadata of the file; ``written_at`` is aware."""

    title: str
    author: str
    language: str
    written_at: datetime


def write(sheet: Sheet, description: Description) -> bytes:
    """The PDF file: the same bytes for the same pages and description."""
    pdf = _new(sheet, description)
    pen = _Pen(pdf)
    for page in sheet.pages:
        pdf.add_page()
        for drawable in page:
            pen.draw(drawable)
    return bytes(pdf.output(output_producer_class=_CompactProducer))


def _new(sheet: Sheet, description: Description) -> FPDF:
    pdf = FPDF(unit="pt", format=sheet.size)
    # By default fpdf2 would read files and URLs that a document names.
    pdf.resource_access_policy = ResourceAccessPolicy.NONE
    pdf.set_auto_page_break(False)
    pdf.set_title(printable(description.title))
    pdf.set_author(printable(description.author))
    pdf.set_creator("Facteur")
    pdf.set_lang(description.language)
    pdf.set_creation_date(description.written_at)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    _add_fonts(pdf)
    return pdf


def _add_fonts(pdf: FPDF) -> None:
    for weight in Weight:
        pdf.add_font(_FAMILY, weight.value, weight.path)
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            # Otherwise fontTools parses every glyph outline only to recompute its bounds.
            font.ttfont.recalcBBoxes = False


class _CompactProducer(OutputProducer):
    """fpdf2 leaves the tables that map glyphs to characters uncompressed: 2 KB a file."""

    def _add_pdf_obj(self, pdf_obj: PDFObject, trace_label: str | None = None) -> int:
        if type(pdf_obj) is PDFContentStream and pdf_obj.filter is None:
            PDFContentStream.__init__(pdf_obj, pdf_obj.content_stream(), compress=True)
        return super()._add_pdf_obj(pdf_obj, trace_label)


class _Pen:
    """Draws drawables on the current page."""

    def __init__(self, pdf: FPDF) -> None:
        self._pdf = pdf
        self._style: Style | None = None
        """The style set in fpdf2: setting an equal one again is not free."""

    def draw(self, drawable: Drawable) -> None:
        match drawable:
            case Text():
                self._set(drawable.style)
                self._pdf.text(drawable.x, drawable.y, drawable.text)
            case Rule():
                self._pdf.set_draw_color(*drawable.colour)
                self._pdf.set_line_width(drawable.thickness)
                self._pdf.line(drawable.x, drawable.y, drawable.x + drawable.width, drawable.y)
            case Box():
                self._style = None
                self._pdf.set_fill_color(*drawable.colour)
                self._pdf.rect(drawable.x, drawable.y, drawable.width, drawable.height, style="F")
            case Picture():
                self._pdf.image(
                    BytesIO(drawable.file),
                    x=drawable.x,
                    y=drawable.y,
                    w=drawable.width,
                    h=drawable.height,
                )

    def _set(self, style: Style) -> None:
        if style is self._style:
            return
        self._style = style
        self._pdf.set_font(_FAMILY, style.weight.value, style.size)
        # fpdf2 wraps each text in its own colour unless it is also the filling colour.
        self._pdf.set_fill_color(*style.colour)
        self._pdf.set_text_color(*style.colour)
