"""The table that template.yaml deploys, made in moto."""

from typing import TYPE_CHECKING, Any

from local.template.source import load_template

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

_DECLARED = ("AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema")


def create_table(client: "DynamoDBClient", name: str = "facteur") -> str:
    """Create the template's only table, with its keys and indexes; returns its name."""
    template: Any = load_template()
    tables = [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::DynamoDB::Table"
    ]
    (declared,) = tables
    client.create_table(TableName=name, **{part: declared[part] for part in _DECLARED})
    return name
