"""Writes down each message it gets, and fails the way the message asks."""

import os
from typing import Any

import boto3


def handler(event: dict[str, Any], _: Any) -> dict[str, Any]:
    """Handle a batch: "fail" fails alone, "crash" takes the batch with it, "wait" comes later."""
    table = boto3.client("dynamodb")
    failed = []
    for record in event["Records"]:
        count = record["attributes"]["ApproximateReceiveCount"]
        table.put_item(
            TableName=os.environ["TABLE_NAME"],
            Item={"pk": {"S": f"WORK#{record['body']}"}, "sk": {"S": count}},
        )
        if record["body"] == "crash":
            raise RuntimeError("request to crash")
        if record["body"] in ("fail", "wait"):
            failed.append({"itemIdentifier": record["messageId"]})
        if record["body"] == "wait":
            boto3.client("sqs").change_message_visibility(
                QueueUrl=os.environ["QUEUE_URL"],
                ReceiptHandle=record["receiptHandle"],
                VisibilityTimeout=3600,
            )
    return {"batchItemFailures": failed}
