"""Ordinary documents, campaigns and Sends, whose fields tests change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from facteur.adapters.ids import UlidIds
from facteur.domain.address import Recipient, Role
from facteur.domain.campaign import Campaign, CampaignDraft
from facteur.domain.campaign_transitions import new_campaign
from facteur.domain.content import (
    DocumentStatus,
    DocumentType,
    Invoice,
    StaffList,
    UploadedFile,
    UploadedPdf,
)
from facteur.domain.content_parts import Line, Party, StaffEntry
from facteur.domain.document import Document
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import CampaignId, DocumentId, OrgId, SendId, UserId
from facteur.domain.recurrence import Weekly
from facteur.domain.send import FrozenDocument, Origin, Send
from facteur.domain.settings import Sender

ORG = OrgId("atelier-durand")
OTHER = OrgId("autre")
USER = UserId("5b1c7a34-8f0e-4a43-9d1b-2f6f0f3f9a11")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
IDS = UlidIds()
IDEMPOTENCY_KEY = IdempotencyKey(USER, "key-1", "fingerprint-1")


def send_id(at: datetime = NOW) -> SendId:
    return SendId(IDS.new_id(at))


def frozen(number: str = "F-2026-0142", name: str = "", **changes: Any) -> FrozenDocument:
    made = FrozenDocument(
        id=DocumentId("01JDEXAMPLEDOCUMENT0000001"),
        type=DocumentType.INVOICE,
        name=name or f"Facture {number}",
        number=number,
        date=date(2026, 11, 20),
        filename=f"Facture {number}.pdf",
        size=15_423,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )
    return replace(made, **changes)


def a_send(*, minute: int = 0, **changes: Any) -> Send:
    """An invoice e-mailed by hand to one client, ``minute`` minutes after nine."""
    at = changes.get("queued_at", NOW + timedelta(minutes=minute))
    made = Send(
        id=send_id(at),
        origin=Origin.MANUAL,
        created_by=USER,
        queued_at=at,
        sender=Sender(
            name="Jeanne Durand",
            address="jeanne@atelier-durand.example",
            reply_to=None,
            copy_to="jeanne@atelier-durand.example",
        ),
        recipients=(Recipient("comptabilite@dupont.example", Role.TO),),
        separate=False,
        copy=None,
        subject="Facture F-2026-0142 - Dupont SARL",
        body="Bonjour,\n\nVeuillez trouver ci-joint : Facture F-2026-0142.",
        document_type=DocumentType.INVOICE,
        documents=(frozen(),),
    )
    return replace(made, **changes)


def a_notice(of: Send) -> Send:
    return replace(
        a_send(minute=20), origin=Origin.NOTICE, document_type=None, documents=(), retry_of=None
    )


def to(*addresses: str) -> tuple[Recipient, ...]:
    return tuple(Recipient(address, Role.TO) for address in addresses)


def an_invoice(number: str = "F-2026-0142", *, minute: int = 0, **changes: Any) -> Document:
    at = NOW + timedelta(minutes=minute)
    content = Invoice(
        type=DocumentType.INVOICE,
        number=number,
        date=date(2026, 11, 20),
        client=Party(name="Dupont SARL", email="comptabilite@dupont.example"),
        lines=(
            Line(
                description="Pose d’un parquet",
                quantity=Decimal("12.5"),
                unit_price=Decimal("48.00"),
                vat_rate=Decimal(20),
            ),
        ),
    )
    made = Document(
        id=DocumentId(IDS.new_id(at)),
        status=DocumentStatus.DRAFT,
        content=content,
        version=1,
        created_at=at,
        updated_at=at,
    )
    return replace(made, **changes)


def a_list(name: str = "Équipe Bercy", *, minute: int = 0, entries: int = 1) -> Document:
    content = StaffList(
        type=DocumentType.STAFF_LIST,
        name=name,
        number="LP-11",
        date=date(2026, 11, 1),
        entries=tuple(
            StaffEntry(last_name=f"Łukasz {n}", first_name="Zoé", start="08:00", end="16:00")
            for n in range(entries)
        ),
    )
    return replace(an_invoice(minute=minute), content=content)


def an_upload(number: str = "F-2026-0143", *, sha256: str = "ab12") -> Document:
    content = UploadedPdf(
        type=DocumentType.INVOICE,
        name=f"Facture {number}",
        number=number,
        date=date(2026, 11, 21),
        upload=UploadedFile(size=184_320, sha256=sha256),
    )
    return replace(an_invoice(), content=content)


CAMPAIGN = CampaignId("01JDEXAMPLECAMPAIGN0000001")


DRAFT = CampaignDraft(
    name="Relances du lundi matin",
    document_type=DocumentType.STAFF_LIST,
    document_ids=(DocumentId("01JDEXAMPLEDOCUMENT0000001"),),
    recipients=("chantier@bercy.example", "comptabilite@dupont.example"),
    copy_to_sender=True,
    separate=False,
    subject="Liste de personnel - {date}",
    body="Bonjour,\n\nVeuillez trouver ci-joint : {document_name}.",
    recurrence=Weekly((1,), time(6, 30)),
    timezone="Europe/Paris",
    auto_increment_date=True,
)


def a_draft(**changes: Any) -> CampaignDraft:
    return replace(DRAFT, **changes)


def a_campaign(
    draft: CampaignDraft = DRAFT, *, minute: int = 0, paused: bool = False, **changes: Any
) -> Campaign:
    """A list sent every Monday at half past six, created ``minute`` minutes after nine."""
    at = NOW + timedelta(minutes=minute)
    return new_campaign(
        replace(draft, **changes),
        id=CampaignId(IDS.new_id(at)),
        owner=USER,
        paused=paused,
        list_date=date(2026, 11, 1),
        now=at,
    )


def its_send(campaign: Campaign, **changes: Any) -> Send:
    """The Send of a campaign's next occurrence."""
    made = a_send(
        origin=Origin.CAMPAIGN,
        campaign_id=campaign.id,
        campaign_name=campaign.draft.name,
        document_type=campaign.draft.document_type,
        occurrence_at=campaign.next_run_at,
        occurrence_local=campaign.next_run.local if campaign.next_run else None,
    )
    return replace(made, **changes)
