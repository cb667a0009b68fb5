"""Condition and update expressions of DynamoDB, with placeholders for all names and values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypedDict

from facteur.adapters.dynamodb.attributes import Item, Value

if TYPE_CHECKING:
    from types_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


class Expression:
    """Collects the names and values that the expressions of one write use."""

    def __init__(self) -> None:
        self._placeholders: dict[str, str] = {}
        self.values: Item = {}

    @property
    def names(self) -> dict[str, str]:
        """Placeholder → attribute name, as DynamoDB expects."""
        return {placeholder: name for name, placeholder in self._placeholders.items()}

    def name(self, attribute: str) -> str:
        return self._placeholders.setdefault(attribute, f"#{len(self._placeholders)}")

    def value(self, value: Value) -> str:
        placeholder = f":{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def absent(self, attribute: str) -> str:
        return f"attribute_not_exists({self.name(attribute)})"

    def present(self, attribute: str) -> str:
        return f"attribute_exists({self.name(attribute)})"

    def compare(self, attribute: str, operator: str, value: Value) -> str:
        return f"{self.name(attribute)} {operator} {self.value(value)}"

    def set_all(self, attributes: Mapping[str, Value]) -> str:
        """``SET`` of these attributes, to be followed by ``, …`` or by another clause."""
        changes = (self.compare(name, "=", value) for name, value in attributes.items())
        return "SET " + ", ".join(changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Write a whole item, if ``condition`` holds for the stored one."""

    item: Item
    condition: str = ""
    expression: Expression = field(default_factory=Expression)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Change an item, creating it if it is missing, if ``condition`` holds."""

    key: Item
    changes: str
    condition: str = ""
    expression: Expression = field(default_factory=Expression)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Remove an item, if ``condition`` holds."""

    key: Item
    condition: str = ""
    expression: Expression = field(default_factory=Expression)


type Write = Put | Update | Delete


def put_new(item: Item) -> Put:
    """Write an item where there is none."""
    expression = Expression()
    return Put(item=item, condition=expression.absent("pk"), expression=expression)


class _Conditions(TypedDict, total=False):
    ConditionExpression: str
    ExpressionAttributeNames: dict[str, str]
    ExpressionAttributeValues: Item
    ReturnValuesOnConditionCheckFailure: Literal["ALL_OLD"]


def parameters_of(write: Write, table: str) -> "TransactWriteItemTypeDef":
    """A write as an entry of TransactWriteItems; its value is also the request of its operation."""
    conditions = _conditions_of(write)
    match write:
        case Put():
            return {"Put": {"TableName": table, "Item": write.item, **conditions}}
        case Update():
            return {
                "Update": {
                    "TableName": table,
                    "Key": write.key,
                    "UpdateExpression": write.changes,
                    **conditions,
                }
            }
        case Delete():
            return {"Delete": {"TableName": table, "Key": write.key, **conditions}}


def _conditions_of(write: Write) -> _Conditions:
    conditions: _Conditions = {}
    if write.condition:
        conditions["ConditionExpression"] = write.condition
        conditions["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    if names := write.expression.names:
        conditions["ExpressionAttributeNames"] = names
    if values := write.expression.values:
        conditions["ExpressionAttributeValues"] = values
    return conditions
