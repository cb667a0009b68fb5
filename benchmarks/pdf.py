"""PDFs compared with reportlab's platypus, with the same font embedded, in one process.

reportlab gets two tables: plain strings, which it neither wraps nor clips to their columns, and
paragraphs, which wrap as ours do. Its column widths are given; ours are computed.
"""

import datetime as dt
import time
from collections.abc import Callable
from functools import cache
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from benchmarks.table import Row
from facteur.adapters.pdf.renderer import PdfRenderer
from facteur.adapters.pdf.typeface import Weight
from facteur.domain.content import DocumentStatus, DocumentType, Invoice, StaffList
from facteur.domain.content_parts import Line, Party, StaffEntry
from facteur.domain.document import Document
from facteur.domain.identity import DocumentId
from facteur.domain.settings import OrganizationSettings

_ROUNDS = 9
_PAGE_LIMIT = 16 * 1024
_ON = dt.date(2027, 1, 31)
_SETTINGS = OrganizationSettings(
    name="Atelier Durand",
    legal_form="SAS",
    capital="10 000 €",
    address=("12 rue des Lilas", "75012 Paris"),
    siren="732829320",
    siret="73282932000074",
    rcs="Paris 732 829 320",
    vat_number="FR44732829320",
    iban="FR2012421242124212421242124",
    bic="QNTOFRP1XXX",
    payment_terms="Paiement à 30 jours date de facture.",
)
_PEOPLE = (
    ("Łukaszewski", "Zoé", "Cheffe d’équipe", ""),
    ("Παπαδόπουλος", "Γιώργος", "Électricien", "Habilitation B2V, casque et harnais fournis"),
    ("Иванова", "Екатерина", "Grutière", ""),
    ("Lefèvre-Desœuvres", "Jean-Baptiste", "Conducteur de travaux, gros œuvre", ""),
)


def measure() -> list[Row]:
    """Median times of rounds in which each candidate runs once."""
    short, long = _staff_list(300), _staff_list(3_000)
    entries = short.content.entries if isinstance(short.content, StaffList) else ()
    ours, ours_long, plain, wrapped = _medians(
        lambda: _render(short),
        lambda: _render(long),
        lambda: _reportlab(_strings(entries)),
        lambda: _reportlab(_paragraphs(entries)),
    )
    page = len(_render(_invoice()))
    return [
        _times("PDF, list of 300, against wrapping cells of reportlab", ours, wrapped),
        _times("PDF, list of 300, against plain strings of reportlab", ours, plain),
        Row(
            "PDF, list of 3,000 against ours of 300 (at most 10)",
            _milliseconds(ours_long),
            _milliseconds(ours),
            f"{ours_long / ours:.2f}",
        ),
        Row(
            "PDF, invoice of one page, bytes (at most 16 KB)",
            f"{page:,}",
            f"{_PAGE_LIMIT:,}",
            f"{page / _PAGE_LIMIT:.2f}",
        ),
    ]


def _times(what: str, ours: float, peer: float) -> Row:
    return Row(what, _milliseconds(ours), _milliseconds(peer), f"{ours / peer:.2f}")


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _medians(*candidates: Callable[[], bytes]) -> list[float]:
    for candidate in candidates:
        candidate()
    taken: list[list[float]] = [[] for _ in candidates]
    for _ in range(_ROUNDS):
        for candidate, times in zip(candidates, taken, strict=True):
            start = time.perf_counter()
            candidate()
            times.append(time.perf_counter() - start)
    return [sorted(times)[_ROUNDS // 2] for times in taken]


def _render(document: Document) -> bytes:
    return PdfRenderer().render(document, _SETTINGS, on=_ON)


def _document(content: StaffList | Invoice) -> Document:
    now = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    return Document(
        id=DocumentId("01JDDDDDDDDDDDDDDDDDDDDDDD"),
        status=DocumentStatus.DRAFT,
        content=content,
        version=1,
        created_at=now,
        updated_at=now,
    )


def _staff_list(count: int) -> Document:
    entries = tuple(
        StaffEntry(
            last_name=last,
            first_name=first,
            position=position,
            phone=f"06 12 34 56 {number % 100:02}",
            email=f"prenom.nom{number}@exemple-batiment.fr",
            start="08:00",
            end="16:00",
            notes=notes,
        )
        for number in range(count)
        for last, first, position, notes in [_PEOPLE[number % len(_PEOPLE)]]
    )
    # Without validation, which allows at most 1,000 entries.
    content = StaffList.model_construct(
        type=DocumentType.STAFF_LIST,
        name="Équipe Bercy",
        number="LP-2026-11",
        date=dt.date(2026, 11, 1),
        site="Chantier Bercy",
        notes="",
        entries=entries,
    )
    return _document(content)


def _invoice() -> Document:
    line = {"quantity": "120", "unit": "m²", "unit_price": "38.50", "vat_rate": "20"}
    content = Invoice(
        type=DocumentType.INVOICE,
        number="F-2026-0142",
        date=dt.date(2026, 11, 20),
        due_date=dt.date(2026, 12, 20),
        client=Party(name="Dupont BTP SARL", address=("35 rue de la République", "69001 Lyon")),
        lines=tuple(
            Line.model_validate({**line, "description": description})
            for description in ("Pose de cloisons – lot 3", "Rails et montants", "Main-d’œuvre")
        ),
    )
    return _document(content)


type _Cell = str | Paragraph


def _strings(entries: tuple[StaffEntry, ...]) -> list[list[_Cell]]:
    return [
        [
            str(number),
            entry.last_name,
            entry.first_name,
            entry.position,
            entry.phone,
            entry.email,
            f"{entry.start} – {entry.end}",
            entry.notes,
        ]
        for number, entry in enumerate(entries, start=1)
    ]


def _paragraphs(entries: tuple[StaffEntry, ...]) -> list[list[_Cell]]:
    style = ParagraphStyle("cell", fontName=_fonts()[0], fontSize=9, leading=12)
    return [[Paragraph(cell, style) for cell in row] for row in _strings(entries)]


def _reportlab(rows: list[list[_Cell]]) -> bytes:
    regular, semibold = _fonts()
    head = ["", "Nom", "Prénom", "Poste", "Téléphone", "Email", "Horaires", "Remarques"]
    table = LongTable(
        [head, *rows],
        repeatRows=1,
        colWidths=[22, 80, 70, 130, 75, 140, 65, 150],
        style=[
            ("FONT", (0, 0), (-1, -1), regular, 9, 12),
            ("FONT", (1, 0), (1, -1), semibold, 9, 12),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, (0.8, 0.8, 0.8)),
        ],
    )
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=landscape(A4)).build([table])
    return file.getvalue()


@cache
def _fonts() -> tuple[str, str]:
    regular, semibold = "Facteur", "Facteur-Semibold"
    pdfmetrics.registerFont(TTFont(regular, str(Weight.REGULAR.path)))
    pdfmetrics.registerFont(TTFont(semibold, str(Weight.SEMIBOLD.path)))
    return regular, semibold
