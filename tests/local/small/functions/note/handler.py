"""Stores each SES event in the order of arrival."""

import os
import time
from typing import Any

import boto3


def handler(event: dict[str, Any], _: Any) -> None:
    """Store the events of a batch."""
    for record in event["Records"]:
        boto3.client("dynamodb").put_item(
            TableName=os.environ["TABLE_NAME"],
            Item={
                "pk": {"S": "EVENTS"},
                "sk": {"S": f"{time.monotonic_ns():020}"},
                "body": {"S": record["body"]},
            },
        )
