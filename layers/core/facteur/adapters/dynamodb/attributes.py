"""DynamoDB's attribute values, written and read explicitly, without boto3's type guessing."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types_boto3_dynamodb.type_defs import AttributeValueTypeDef

type Value = AttributeValueTypeDef
type Item = dict[str, AttributeValueTypeDef]


def text(value: str) -> Value:
    return {"S": value}


def number(value: int) -> Value:
    return {"N": str(value)}


def flag(value: bool) -> Value:
    return {"BOOL": value}


def binary(value: bytes) -> Value:
    return {"B": value}


def texts(values: Iterable[str]) -> Value:
    return {"L": [text(value) for value in values]}


def text_set(values: Iterable[str]) -> Value:
    """A set, which must not be empty."""
    return {"SS": sorted(values)}


def read_text(item: Item, name: str) -> str:
    """The text of an attribute, "" when it is missing."""
    return item[name]["S"] if name in item else ""


def read_number(item: Item, name: str) -> int:
    """The number of an attribute, 0 when it is missing."""
    return int(item[name]["N"]) if name in item else 0


def read_flag(item: Item, name: str) -> bool:
    """The flag of an attribute, False when it is missing."""
    return name in item and item[name]["BOOL"]


def read_texts(item: Item, name: str) -> tuple[str, ...]:
    """The texts of an attribute, empty when it is missing."""
    return tuple(value["S"] for value in item[name]["L"]) if name in item else ()


def read_text_set(item: Item, name: str) -> tuple[str, ...]:
    """The texts of a set, empty when it is missing."""
    return tuple(sorted(item[name]["SS"])) if name in item else ()


def instant_text(at: datetime) -> str:
    """An instant in UTC, to the millisecond, as a text that sorts by time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def instant_from(value: str) -> datetime:
    return datetime.fromisoformat(value)
