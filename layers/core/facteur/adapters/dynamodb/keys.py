"""Builds and parses every key of the table; only ``owners`` and ``places`` also read them.

Those of webhooks are built by ``hook_keys``.

=============================  ====================================  ==========================
item                           pk                                    sk
=============================  ====================================  ==========================
settings                       ``ORG#<org>``                         ``SETTINGS``
profile                        ``ORG#<org>``                         ``PROFILE#<user>``
account (operators write it)   ``ORG#<org>#ACCOUNT``                 ``ACCOUNT``
messages, notices of a day     ``ORG#<org>#USAGE#<YYYY-MM-DD>``      ``USAGE``, ``NOTICES``
document: summary              ``ORG#<org>``                         ``DOCUMENT#<id>``
document: content              ``ORG#<org>#DOCUMENT#<id>``           ``CONTENT``
campaign                       ``ORG#<org>``                         ``CAMPAIGN#<id>``
use of a document or group     ``ORG#<org>#USES#<document>``         ``<campaign>``
group of recipients: summary   ``ORG#<org>``                         ``GROUP#<id>``
group of recipients: content   ``ORG#<org>#GROUP#<id>``              ``CONTENT``
word of a known recipient      ``ORG#<org>#KNOWN#<first letter>``    ``<word> <address>``
standing of an address         ``ORG#<org>#STANDING#<address>``      ``STANDING``
send: row                      ``ORG#<org>#SENDS``, ``…#NOTICES``    ``<send>``
send: content                  ``ORG#<org>#SEND#<send>``             ``CONTENT``
message of a send              ``ORG#<org>#SEND#<send>``             ``MESSAGE#<n>``
attempts to compose a send     ``ORG#<org>#SEND#<send>``             ``COMPOSING``
search posting                 ``ORG#<org>#TERM#<prefix>``,          ``<send>``
                               ``…#RECIPIENT#<address>``,
                               ``…#CAMPAIGN#<id>``,
                               ``…#DOCUMENT#<id>``
request (idempotency record)   ``ORG#<org>#ONCE#REQUEST#<user>#<k>`` ``ONCE``
number of a document           ``ORG#<org>#ONCE#NUMBER#<type>#<n>``  ``ONCE``
name of a group                ``ORG#<org>#ONCE#GROUP#<name>``       ``ONCE``
occurrence, extra run          ``ORG#<org>#ONCE#OCCURRENCE#<c>#<o>`` ``ONCE``
webhook                        ``ORG#<org>#HOOKS``                   ``<webhook>``
secrets of a webhook           ``ORG#<org>#HOOKSECRETS``             ``<webhook>``
delivery to a webhook          ``ORG#<org>#HOOK#<webhook>``          ``<delivery>``
host application               ``CLIENT#<client>``                   ``CLIENT``
check of the zone rules        ``ZONE_RULES``                        ``ZONE_RULES``
=============================  ====================================  ==========================

Index ``by_filter``: ``by_filter_pk`` = ``ORG#<org>#<type>#<status>`` for Sends,
``ORG#<org>#<type>#failed#over`` for those whose failure is over and
``ORG#<org>#CAMPAIGN#<status>`` for campaigns, sk. Index ``overdue``: ``overdue_shard``,
``overdue_at``; webhooks and their deliveries have shards of their own, so that however many of them
are late, no Send or campaign waits for them.
"""

import re
import zlib
from dataclasses import dataclass
from datetime import date

from facteur.adapters.dynamodb.attributes import Item, text
from facteur.domain.address import MAX_ADDRESS
from facteur.domain.campaign import CampaignStatus
from facteur.domain.content import DocumentType
from facteur.domain.idempotency import OccurrenceKey
from facteur.domain.identity import CampaignId, DocumentId, GroupId, OrgId, SendId, UserId
from facteur.domain.send import SendStatus

BY_FILTER = "by_filter"
BY_FILTER_PK = "by_filter_pk"
OVERDUE = "overdue"
OVERDUE_SHARD = "overdue_shard"
OVERDUE_AT = "overdue_at"
OVERDUE_SHARDS = ("0", "1", "2", "3")
EXPIRES_AT = "expires_at"

_ORGANIZATION = re.compile(r"[A-Za-z0-9_-]{1,64}")
SETTINGS, ACCOUNT = "SETTINGS", "ACCOUNT"
_PROFILE = "PROFILE#"
_DOCUMENT = "DOCUMENT#"
CAMPAIGN = "CAMPAIGN#"
_GROUP = "GROUP#"
_MESSAGE = "MESSAGE#"
LONGEST_PART = MAX_ADDRESS
"""Characters of an id or address from a request that go into a key: those beyond are cut off, which
keeps keys within DynamoDB's limits (2,048 bytes for pk, 1,024 for sk).
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""


@dataclass(frozen=True, slots=True)
class Span:
    """Sort keys from ``low`` to ``high``, both included."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Partition:
    """What a query reads: one pk of the table or of an index."""

    pk: str
    index: str | None = None

    @property
    def hash_key(self) -> str:
        return {None: "pk", BY_FILTER: BY_FILTER_PK, OVERDUE: OVERDUE_SHARD}[self.index]

    @property
    def range_key(self) -> str:
        return OVERDUE_AT if self.index == OVERDUE else "sk"


ALL_IDS = Span("0", "8")
"""Every ULID: its first character is 0 to 7. Excludes the words that are also used as sk."""
ALL_PROFILES = Span(_PROFILE, "PROFILE$")
"""Every id of a user: "$" follows "#"."""
ALL_MESSAGES = Span(_MESSAGE, _MESSAGE + "~")


class Keys:
    """Builds the keys of one organization, and of no other."""

    def __init__(self, organization: OrgId) -> None:
        if not _ORGANIZATION.fullmatch(organization):
            raise ValueError("not the id of an organization")
        self.organization = organization
        self._own = f"ORG#{organization}"

    def settings(self) -> Item:
        return key_of(self._own, SETTINGS)

    def account(self) -> Item:
        return key_of(f"{self._own}#{ACCOUNT}", ACCOUNT)

    def usage(self, day: date) -> Item:
        return key_of(f"{self._own}#USAGE#{day.isoformat()}", "USAGE")

    def notice_usage(self, day: date) -> Item:
        return self.usage(day) | {"sk": text("NOTICES")}

    def profile(self, user: UserId) -> Item:
        return key_of(self._own, f"{_PROFILE}{user}")

    def people(self) -> Partition:
        return Partition(self._own)

    def documents(self) -> Partition:
        return Partition(self._own)

    def document(self, document: DocumentId) -> Item:
        return key_of(self._own, document_sk(document))

    def document_content(self, document: DocumentId) -> Item:
        return key_of(f"{self._own}#DOCUMENT#{document[:LONGEST_PART]}", "CONTENT")

    def campaigns(self) -> Partition:
        return Partition(self._own)

    def campaign(self, campaign: CampaignId) -> Item:
        return key_of(self._own, campaign_sk(campaign))

    def campaigns_by_status(self, status: CampaignStatus) -> Partition:
        return Partition(f"{self._own}#CAMPAIGN#{status}", BY_FILTER)

    def uses(self, used: DocumentId | GroupId) -> Partition:
        return Partition(f"{self._own}#USES#{used[:LONGEST_PART]}")

    def use(self, used: DocumentId | GroupId, campaign: CampaignId) -> Item:
        return key_of(self.uses(used).pk, campaign[:LONGEST_PART])

    def groups(self) -> Partition:
        return Partition(self._own)

    def group(self, group: GroupId) -> Item:
        return key_of(self._own, group_sk(group))

    def group_content(self, group: GroupId) -> Item:
        return key_of(f"{self._own}#GROUP#{group[:LONGEST_PART]}", "CONTENT")

    def group_name(self, name: str) -> Item:
        return self._once(f"GROUP#{name}")

    def sends(self) -> Partition:
        return Partition(f"{self._own}#SENDS")

    def send_row(self, send: SendId) -> Item:
        return key_of(f"{self._own}#SENDS", send[:LONGEST_PART])

    def notices(self) -> Partition:
        return Partition(f"{self._own}#NOTICES")

    def notice_row(self, send: SendId) -> Item:
        return key_of(self.notices().pk, send[:LONGEST_PART])

    def by_filter(
        self, document_type: DocumentType, status: SendStatus, *, over: bool = False
    ) -> Partition:
        """Sends of a type and status; failures that are ``over`` have a partition of their own."""
        return Partition(f"{self._own}#{document_type}#{status}{'#over' * over}", BY_FILTER)

    def send_content(self, send: SendId) -> Item:
        return key_of(self.messages(send).pk, "CONTENT")

    def messages(self, send: SendId) -> Partition:
        return Partition(f"{self._own}#SEND#{send[:LONGEST_PART]}")

    def message(self, send: SendId, n: int) -> Item:
        return key_of(self.messages(send).pk, f"{_MESSAGE}{n}")

    def composing(self, send: SendId) -> Item:
        return key_of(self.messages(send).pk, "COMPOSING")

    def known(self, letter: str) -> Partition:
        """The words of known recipients that begin with a letter."""
        return Partition(f"{self._own}#KNOWN#{letter}")

    def known_word(self, word: str, address: str) -> Item:
        return key_of(self.known(word[:1]).pk, f"{word} {address[:LONGEST_PART]}")

    def standing(self, address: str) -> Item:
        return key_of(f"{self._own}#STANDING#{address.casefold()[:LONGEST_PART]}", "STANDING")

    def of_term(self, prefix: str) -> Partition:
        return Partition(f"{self._own}#TERM#{prefix}")

    def of_recipient(self, address: str) -> Partition:
        return Partition(f"{self._own}#RECIPIENT#{address.strip().casefold()[:LONGEST_PART]}")

    def of_campaign(self, campaign: str) -> Partition:
        return Partition(f"{self._own}#CAMPAIGN#{campaign[:LONGEST_PART]}")

    def of_document(self, document: str) -> Partition:
        return Partition(f"{self._own}#DOCUMENT#{document[:LONGEST_PART]}")

    def request(self, user: UserId, key: str) -> Item:
        # Otherwise key "c" of user "a#b" would equal key "b#c" of user "a".
        if "#" in user:
            raise ValueError("not the id of a user")
        return self._once(f"REQUEST#{user}#{key}")

    def occurrence(self, key: OccurrenceKey) -> Item:
        return self._once(f"OCCURRENCE#{key.campaign}#{key.occurrence}")

    def number(self, document_type: DocumentType, value: str) -> Item:
        return self._once(f"NUMBER#{document_type}#{value.casefold()}")

    def _once(self, key: str) -> Item:
        return key_of(f"{self._own}#ONCE#{key}", "ONCE")


def client(client_id: str) -> Item:
    return key_of(f"CLIENT#{client_id}", "CLIENT")


def zone_rules() -> Item:
    return key_of("ZONE_RULES", "ZONE_RULES")


def posting(partition: Partition, send: SendId) -> Item:
    return key_of(partition.pk, send)


def user_in(item: Item) -> UserId:
    return UserId(item["sk"]["S"].removeprefix(_PROFILE))


def document_sk(document: str) -> str:
    return f"{_DOCUMENT}{document[:LONGEST_PART]}"


def document_id_in(item: Item) -> DocumentId:
    return DocumentId(item["sk"]["S"].removeprefix(_DOCUMENT))


def group_sk(group: str) -> str:
    return f"{_GROUP}{group[:LONGEST_PART]}"


def group_id_in(item: Item) -> GroupId:
    return GroupId(item["sk"]["S"].removeprefix(_GROUP))


def campaign_sk(campaign: str) -> str:
    return f"{CAMPAIGN}{campaign[:LONGEST_PART]}"


def campaign_id_in(item: Item) -> CampaignId:
    return CampaignId(item["sk"]["S"].removeprefix(CAMPAIGN))


def message_number_in(item: Item) -> int:
    return int(item["sk"]["S"].removeprefix(_MESSAGE))


def shard_of(identifier: SendId | CampaignId) -> str:
    """The shard of a Send or campaign in the index ``overdue``; it never changes."""
    return OVERDUE_SHARDS[zlib.crc32(identifier.encode()) % len(OVERDUE_SHARDS)]


def key_of(pk: str, sk: str) -> Item:
    return {"pk": text(pk), "sk": text(sk)}
