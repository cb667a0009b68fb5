"""Stores each message that it receives, and fails in the way that the message names."""

import os
from typing import Any

import boto3


def handler(event: dict[str, Any], _: Any) -> dict[str, Any]:
    """Handle a batch: "fail" fails alone, "crash" fails the batch, "wait" is hidden for an hour."""
    table = boto3.client("dynamodb")
    failed = []
    for record in event["Records"]:
        count = record["attributes"]["ApproximateReceiveCount"]
        table.put_item(
            TableName=os.environ["TABLE_NAME"],
            Item={"pk": {"S": f"WORK#{record['body']}"}, "sk": {"S": count}},
        )
        if record["body"] == "crash":
            raise RuntimeError("crashing on purpose")
        if record["body"] in ("fail", "wait"):
            failed.append({"itemIdentifier": record["messageId"]})
        if record["body"] == "wait":
            boto3.client("sqs").change_message_visibility(
                QueueUrl=os.environ["QUEUE_URL"],
                ReceiptHandle=record["receiptHandle"],
                VisibilityTimeout=3600,
            )
    return {"batchItemFailures": failed}
