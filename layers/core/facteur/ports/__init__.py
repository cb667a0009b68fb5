"""What the services need from the outside world. Every port has an adapter and a fake."""

from facteur.ports.answers import Creation, Page
from facteur.ports.campaigns import (
    CampaignAdvance,
    Campaigns,
    CampaignUpkeep,
    DueMessage,
    DueQueue,
    OverdueCampaign,
    Schedules,
)
from facteur.ports.content import Attachment, Cleaner, Composer, Composition, MailText, Renderer
from facteur.ports.delivery import Archive, Mailer, Outbox, OutboxMessage, Redelivery
from facteur.ports.storage import (
    Clients,
    DocumentFilter,
    Documents,
    Guards,
    Overdue,
    OverdueSend,
    SendFilter,
    Sends,
    Settings,
    Store,
)
from facteur.ports.world import Clock, Ids

__all__ = [
    "Archive",
    "Attachment",
    "CampaignAdvance",
    "CampaignUpkeep",
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
    "Guards",
    "Ids",
    "MailText",
    "Mailer",
    "Outbox",
    "OutboxMessage",
    "Overdue",
    "OverdueCampaign",
    "OverdueSend",
    "Page",
    "Redelivery",
    "Renderer",
    "Schedules",
    "SendFilter",
    "Sends",
    "Settings",
    "Store",
]
