"""Stores each invocation, and removes the overdue items of one lane from the index."""

import os
from typing import Any

import boto3


def handler(event: dict[str, Any], _: Any) -> None:
    """Store the invocation; handle each overdue item once."""
    table, name = boto3.client("dynamodb"), os.environ["TABLE_NAME"]
    table.put_item(TableName=name, Item={"pk": {"S": "TICKS"}, "sk": {"S": event["time"]}})
    overdue = table.query(
        TableName=name,
        IndexName="overdue",
        KeyConditionExpression="lane = :lane AND overdue_at <= :now",
        ExpressionAttributeValues={":lane": {"S": "0"}, ":now": {"S": event["time"]}},
    )
    for item in overdue["Items"]:
        table.update_item(
            TableName=name,
            Key={"pk": item["pk"], "sk": item["sk"]},
            UpdateExpression="REMOVE lane, overdue_at SET looked_at = :now",
            ExpressionAttributeValues={":now": {"S": event["time"]}},
        )
