"""Every item says where it belongs; what is packed is read; a Send loses a person step by step."""

import json
import zlib
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb import keys as spelling
from facteur.adapters.dynamodb.attributes import Item, binary, text
from facteur.adapters.dynamodb.forgetting import texts_in
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.places import Kind, Place, place_of
from facteur.adapters.dynamodb.table import Table
from facteur.domain.content import DocumentType
from facteur.domain.idempotency import OccurrenceKey
from facteur.domain.identity import CampaignId, DocumentId, GroupId, OrgId, SendId, UserId
from tests.adapters.dynamodb.conftest import TABLE

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

ORG = OrgId("atelier")
KEYS = Keys(ORG)
SEND, DOCUMENT, CAMPAIGN = SendId("01S"), DocumentId("01D"), CampaignId("01C")
GROUP = GroupId("01G")
ZOE = "zoe@x.example"

PLACES: dict[str, tuple[Item, Kind, str]] = {
    "settings": (KEYS.settings(), Kind.SETTINGS, ""),
    "profile": (KEYS.profile(UserId("u")), Kind.PROFILE, "u"),
    "summary": (KEYS.document(DOCUMENT), Kind.DOCUMENT, DOCUMENT),
    "content": (KEYS.document_content(DOCUMENT), Kind.DOCUMENT, DOCUMENT),
    "campaign": (KEYS.campaign(CAMPAIGN), Kind.CAMPAIGN, CAMPAIGN),
    "group": (KEYS.group(GROUP), Kind.GROUP, GROUP),
    "addresses": (KEYS.group_content(GROUP), Kind.GROUP, GROUP),
    "known": (
        KEYS.known_word("zoe-x-example", ZOE),
        Kind.KNOWN,
        f"ORG#atelier#KNOWN#z zoe-x-example {ZOE}",
    ),
    "standing": (
        KEYS.standing(ZOE),
        Kind.STANDING,
        f"ORG#atelier#STANDING#{ZOE} STANDING",
    ),
    "group name": (KEYS.group_name("clients"), Kind.RECORD, "GROUP#clients"),
    "row": (KEYS.send_row(SEND), Kind.SEND, SEND),
    "notice": (KEYS.notice_row(SEND), Kind.SEND, SEND),
    "send": (KEYS.send_content(SEND), Kind.SEND, SEND),
    "message": (KEYS.message(SEND, 3), Kind.SEND, SEND),
    "attempts": (KEYS.composing(SEND), Kind.SEND, SEND),
    "account": (KEYS.account(), Kind.ACCOUNT, ORG),
    "term": (spelling.posting(KEYS.of_term("luk"), SEND), Kind.POSTING, SEND),
    "recipient": (spelling.posting(KEYS.of_recipient(ZOE), SEND), Kind.POSTING, SEND),
    "of campaign": (spelling.posting(KEYS.of_campaign(CAMPAIGN), SEND), Kind.POSTING, SEND),
    "of document": (spelling.posting(KEYS.of_document(DOCUMENT), SEND), Kind.POSTING, SEND),
    "request": (KEYS.request(UserId("u"), "k#1"), Kind.RECORD, "REQUEST#u#k#1"),
    "occurrence": (
        KEYS.occurrence(OccurrenceKey(CAMPAIGN, "run-1")),
        Kind.RECORD,
        "OCCURRENCE#01C#run-1",
    ),
    "number": (
        KEYS.number(DocumentType.INVOICE, "F-1"),
        Kind.RECORD,
        "NUMBER#invoice#f-1",
    ),
}


@pytest.mark.feature("B45")
@pytest.mark.parametrize("name", PLACES)
def test_every_key_says_what_it_is_part_of(name: str) -> None:
    key, kind, identifier = PLACES[name]

    assert place_of(key) == Place(ORG, kind, identifier)


def test_a_host_application_belongs_to_no_partition_of_an_organization() -> None:
    assert place_of(spelling.client("erp#1")) == Place(OrgId(""), Kind.CLIENT, "erp#1")


def test_an_item_without_an_organization_is_named_whole() -> None:
    assert place_of(spelling.zone_rules()) == Place(OrgId(""), Kind.OTHER, "ZONE_RULES ZONE_RULES")


def test_an_item_of_a_later_version_is_named_whole() -> None:
    key: Item = {"pk": text("ORG#atelier#LATER#x"), "sk": text("Y")}

    assert place_of(key) == Place(ORG, Kind.OTHER, "ORG#atelier#LATER#x Y")


@pytest.mark.feature("B45")
def test_texts_of_an_item_are_read_in_whatever_they_are_packed() -> None:
    packed = json.dumps({"to": f"ligne\n{ZOE}"})
    item: Item = {
        "pk": text("ORG#atelier"),
        "zipped": binary(zlib.compress(packed.encode())),
        "short": text(packed),
        "raw": binary(b"\x00plain"),
        "nested": {"M": {"list": {"L": [text(ZOE)]}}},
        "broken": text("{not json"),
    }

    found = texts_in(item)

    assert found == [
        list(item),
        "ORG#atelier",
        {"to": f"ligne\n{ZOE}"},
        {"to": f"ligne\n{ZOE}"},
        "\x00plain",
        {"list": [ZOE]},
        "{not json",
    ]


@pytest.mark.feature("B45")
def test_a_scan_reads_all_pages(client: "DynamoDBClient") -> None:
    table = Table(client, TABLE)
    big = "x" * 300_000
    items: list[Item] = [
        {"pk": text(f"ORG#atelier#{n}"), "sk": text("S"), "text": text(big)} for n in range(8)
    ]
    table.put_many(items)

    found = sorted(item["pk"]["S"] for item in table.scan())

    assert found == [f"ORG#atelier#{n}" for n in range(8)]
