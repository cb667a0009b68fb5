"""Protocols of what the services need from outside. Every port has an adapter and a fake."""

from facteur.ports.campaigns import (
    CampaignAdvance,
    Campaigns,
    DueMessage,
    DueQueue,
    OverdueCampaign,
    Schedules,
    ScheduleSyncState,
)
from facteur.ports.content import (
    Attachment,
    Cleaner,
    Composer,
    Composition,
    Images,
    Inspector,
    MailText,
    Renderer,
)
from facteur.ports.delivery import (
    Archive,
    Mailer,
    Outbox,
    OutboxMessage,
    Redelivery,
    UploadForm,
    Uploads,
)
from facteur.ports.results import Creation, Page
from facteur.ports.ses_events import NamedRecipient, SesEvent
from facteur.ports.storage import (
    Clients,
    DocumentFilter,
    Documents,
    IdempotencyRecords,
    Overdue,
    OverdueSend,
    Sends,
    Settings,
    Store,
)
from facteur.ports.world import Clock, Ids

__all__ = [
    "Archive",
    "Attachment",
    "CampaignAdvance",
    "Campaigns",
    "Cleaner",
    "Clients",
    "Clock",
    "Composer",
    "Composition",
    "Creation",
    "DocumentFilter",
    "Documents",
    "DueMessage",
    "DueQueue",
    "IdempotencyRecords",
    "Ids",
    "Images",
    "Inspector",
    "MailText",
    "Mailer",
    "NamedRecipient",
    "Outbox",
    "OutboxMessage",
    "Overdue",
    "OverdueCampaign",
    "OverdueSend",
    "Page",
    "Redelivery",
    "Renderer",
    "ScheduleSyncState",
    "Schedules",
    "Sends",
    "SesEvent",
    "Settings",
    "Store",
    "UploadForm",
    "Uploads",
]
