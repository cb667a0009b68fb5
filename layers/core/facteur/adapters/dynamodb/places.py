"""Says of any item of the table what it is part of, for operators who look for a person."""

from dataclasses import dataclass
from enum import StrEnum

from facteur.adapters.dynamodb.attributes import Item
from facteur.domain.identity import OrgId


class Kind(StrEnum):
    """What an item is part of, as operators are told."""

    SETTINGS = "settings"
    PROFILE = "profile"
    DOCUMENT = "document"
    CAMPAIGN = "campaign"
    SEND = "send"
    POSTING = "posting"
    RECORD = "idempotency record"
    CLIENT = "host application"
    ACCOUNT = "account"
    WEBHOOK = "webhook"
    OTHER = "item"


@dataclass(frozen=True, slots=True)
class Place:
    """Where any item belongs; ``id`` is that of its document, campaign, Send, user, client or
    webhook.

    A host application names its organization in an attribute: here it is "".
    """

    organization: OrgId
    kind: Kind
    id: str


_OF_ORGANIZATION = {"SETTINGS", "PROFILE", "DOCUMENT", "CAMPAIGN"}


def place_of(item: Item) -> Place:
    """The place of an item of the table, whatever it is."""
    owner, organization, *rest = [*item["pk"]["S"].split("#", 2), "", ""][:3]
    sk = item["sk"]["S"]
    name, _, own = (rest[0] or sk).partition("#")
    kind, found = Kind.OTHER, f"{item['pk']['S']} {sk}"
    if owner == "CLIENT":
        return Place(OrgId(""), Kind.CLIENT, item["pk"]["S"].partition("#")[2])
    if name in _OF_ORGANIZATION and (not rest[0] or sk == "CONTENT"):
        kind, found = Kind[name], own
    elif name in {"SENDS", "NOTICES", "SEND"}:
        kind, found = Kind.SEND, own or sk
    elif name in {"TERM", "RECIPIENT", "CAMPAIGN", "DOCUMENT"}:
        kind, found = Kind.POSTING, sk
    elif name == "ONCE":
        kind, found = Kind.RECORD, own
    elif name in {"HOOKS", "HOOKSECRETS", "HOOK"}:
        kind, found = Kind.WEBHOOK, own or sk
    elif name == "ACCOUNT":
        kind, found = Kind.ACCOUNT, organization
    return Place(OrgId(organization), kind, found)
