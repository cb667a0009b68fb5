"""Responds with the event and the environment of the invocation."""

import json
import os
from typing import Any

import boto3
from botocore.config import Config


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Echo the event; ``/fail`` raises, ``/link`` responds with a presigned link."""
    if event["rawPath"] == "/fail":
        raise RuntimeError("failing on purpose")
    response: dict[str, Any] = {
        "event": event,
        "variables": dict(os.environ),
        "milliseconds": context.get_remaining_time_in_millis(),
    }
    if event["rawPath"] == "/link":
        config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
        seconds = int(event.get("queryStringParameters", {}).get("seconds", "60"))
        bucket, key = os.environ["BUCKET"], "a folder/é.pdf"
        s3 = boto3.client("s3", config=config)
        s3.put_object(Bucket=bucket, Key=key, Body=b"%PDF-", ContentType="application/pdf")
        disposition = 'inline; filename="é.pdf"'
        terms = {"Bucket": bucket, "Key": key, "ResponseContentDisposition": disposition}
        response = {"url": s3.generate_presigned_url("get_object", Params=terms, ExpiresIn=seconds)}
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "cookies": ["a=1; Path=/", "b=2"],
        "body": json.dumps(response),
    }
