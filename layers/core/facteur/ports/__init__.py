"""What the services need from the outside world. Every port has an adapter and a fake."""

from facteur.ports.content import Attachment, Cleaner, Composer, Composition, MailText, Renderer
from facteur.ports.delivery import Archive, Mailer, Outbox, OutboxMessage, Redelivery
from facteur.ports.storage import (
    Clients,
    Creation,
    DocumentFilter,
    Documents,
    Guards,
    Overdue,
    OverdueSend,
    Page,
    SendFilter,
    Sends,
    Settings,
    Store,
)
from facteur.ports.world import Clock, Ids

__all__ = [
    "Archive",
    "Attachment",
    "Cleaner",
    "Clients",
    "Clock",
    "Composer",
    "Composition",
    "Creation",
    "DocumentFilter",
    "Documents",
    "Guards",
    "Ids",
    "MailText",
    "Mailer",
    "Outbox",
    "OutboxMessage",
    "Overdue",
    "OverdueSend",
    "Page",
    "Redelivery",
    "Renderer",
    "SendFilter",
    "Sends",
    "Settings",
    "Store",
]
