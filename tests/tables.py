"""The table that template.yaml deploys, made in moto."""

from functools import cache
from typing import TYPE_CHECKING, Any

from local.template.source import load_template

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

_DECLARED = ("AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema")


def create_table(client: "DynamoDBClient", name: str = "facteur") -> str:
    """Create the template's only table, with its keys and indexes; returns its name."""
    client.create_table(TableName=name, **_declared())
    return name


@cache
def _declared() -> dict[str, Any]:
    template: Any = load_template()
    tables = [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::DynamoDB::Table"
    ]
    (declared,) = tables
    return {part: declared[part] for part in _DECLARED}
