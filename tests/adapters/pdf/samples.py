"""Documents and settings to render, and ways to read the PDFs."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader

from facteur.adapters.pdf.renderer import PdfRenderer
from facteur.domain.content import (
    Content,
    DocumentStatus,
    DocumentType,
    Invoice,
    Operation,
    PurchaseOrder,
    StaffList,
)
from facteur.domain.content_parts import Line, Party, StaffEntry
from facteur.domain.document import Document
from facteur.domain.identity import DocumentId
from facteur.domain.settings import OrganizationSettings
from facteur.locales import Locale

ON = dt.date(2027, 1, 31)
WRITTEN = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)

BARE = OrganizationSettings(name="Atelier Durand")
FULL = OrganizationSettings(
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
    payment_terms="Paiement à 45 jours.",
)
ENGLISH = replace(FULL, locale=Locale("en"))

ENTRY = StaffEntry(
    last_name="Łukasz",
    first_name="Zoé",
    position="Cheffe d’équipe",
    phone="06 12 34 56 78",
    email="zoe@exemple.fr",
    start="08:00",
    end="16:30",
    notes="Casque et harnais",
)
STAFF = StaffList(
    type=DocumentType.STAFF_LIST,
    name="Équipe Bercy",
    number="LP-2026-11",
    date=dt.date(2026, 11, 1),
    site="Chantier Bercy",
    notes="Badge obligatoire.",
    entries=(ENTRY,),
)
INVOICE = Invoice(
    type=DocumentType.INVOICE,
    number="F-2026-0142",
    name="Réfection de l’œil-de-bœuf",
    date=dt.date(2026, 11, 20),
    due_date=dt.date(2026, 12, 20),
    delivery_date=dt.date(2026, 11, 18),
    order_number="BC-77",
    payment_terms="Paiement à 30 jours.",
    operation=Operation.MIXED,
    vat_on_debits=True,
    notes="Merci de votre confiance.",
    client=Party(
        name="Dupont BTP",
        address=("35 rue de la République", "69001 Lyon"),
        email="compta@dupont.example",
        siren="787878784",
        vat_number="FR19787878784",
    ),
    lines=(
        Line(
            description="Pose de cloisons",
            quantity=Decimal(120),
            unit="m²",
            unit_price=Decimal("38.50"),
            vat_rate=Decimal(20),
        ),
        Line(
            description="Livre de chantier",
            quantity=Decimal("2.5"),
            unit="ex.",
            unit_price=Decimal("10.055"),
            vat_rate=Decimal("5.5"),
        ),
    ),
)
ORDER = PurchaseOrder(
    type=DocumentType.PURCHASE_ORDER,
    number="BC-2026-0031",
    name="Cloisons, lot 3",
    date=dt.date(2026, 10, 2),
    delivery_date=dt.date(2026, 10, 16),
    delivery_address=("Chantier Bercy", "8 quai de Bercy", "75012 Paris"),
    payment_terms="30 jours fin de mois",
    notes="Accès par le quai.",
    supplier=Party(name="Matériaux du Rhône", address=("ZI Nord",), siren="552100554"),
    lines=INVOICE.lines,
)


def line(description: str = "Pose", **fields: str) -> Line:
    """A line of one unit at 10 € and 20 %, but for ``fields``."""
    plain = {"quantity": "1", "unit_price": "10", "vat_rate": "20"}
    return Line.model_validate({**plain, "description": description, **fields})


def render(content: Content, settings: OrganizationSettings = FULL, *, on: dt.date = ON) -> bytes:
    """The PDF of a content as a document."""
    document = Document(
        id=DocumentId("01JDDDDDDDDDDDDDDDDDDDDDDD"),
        status=DocumentStatus.DRAFT,
        content=content,
        version=1,
        created_at=WRITTEN,
        updated_at=WRITTEN,
    )
    return PdfRenderer().render(document, settings, on=on)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, with every white space as one ordinary space."""
    return [
        re.sub(r"\s+", " ", page.extract_text()).strip() for page in PdfReader(BytesIO(pdf)).pages
    ]


def text(content: Content, settings: OrganizationSettings = FULL, *, on: dt.date = ON) -> str:
    """The whole printed text, with every white space as one ordinary space."""
    return " ".join(pages(render(content, settings, on=on)))
