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
    GROUP = "group of recipients"
    KNOWN = "known recipient"
    STANDING = "standing of an address"
    SEND = "send"
    POSTING = "posting"
    RECORD = "idempotency record"
    CLIENT = "host application"
    ACCOUNT = "account"
    WEBHOOK = "webhook"
    OTHER = "item"


@dataclass(frozen=True, slots=True)
class Place:
    """Where any item belongs; ``id`` is its document's, campaign's, group's, Send's, user's,
    client's or webhook's. That of what is known of an address is its key.

    A host application names its organization in an attribute: here it is "".
    """

    organization: OrgId
    kind: Kind
    id: str


_BY_ID = dict.fromkeys(("SENDS", "NOTICES", "SEND"), Kind.SEND) | dict.fromkeys(
    ("HOOKS", "HOOKSECRETS", "HOOK"), Kind.WEBHOOK
)
_BY_KEY = {"KNOWN": Kind.KNOWN, "STANDING": Kind.STANDING}
_OF_ORGANIZATION = {"SETTINGS", "PROFILE", "DOCUMENT", "CAMPAIGN", "GROUP"}
_KINDS = {
    **dict.fromkeys(("SENDS", "NOTICES", "SEND"), Kind.SEND),
    **dict.fromkeys(("TERM", "RECIPIENT", "CAMPAIGN", "DOCUMENT"), Kind.POSTING),
    **dict.fromkeys(("HOOKS", "HOOKSECRETS", "HOOK"), Kind.WEBHOOK),
    "KNOWN": Kind.KNOWN,
    "STANDING": Kind.STANDING,
    "ONCE": Kind.RECORD,
    "ACCOUNT": Kind.ACCOUNT,
}


def place_of(item: Item) -> Place:
    """The place of an item of the table, whatever it is."""
    pk, sk = item["pk"]["S"], item["sk"]["S"]
    owner, organization, *rest = [*pk.split("#", 2), "", ""][:3]
    name, _, own = (rest[0] or sk).partition("#")
    if owner == "CLIENT":
        return Place(OrgId(""), Kind.CLIENT, pk.partition("#")[2])
    if name in _OF_ORGANIZATION and (not rest[0] or sk == "CONTENT"):
        return Place(OrgId(organization), Kind[name], own)
    kind = _KINDS.get(name, Kind.OTHER)
    ids = {
        Kind.SEND: own or sk,
        Kind.WEBHOOK: own or sk,
        Kind.POSTING: sk,
        Kind.RECORD: own,
        Kind.ACCOUNT: organization,
    }
    return Place(OrgId(organization), kind, ids.get(kind, f"{pk} {sk}"))
