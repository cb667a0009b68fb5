"""One call to AWS, from the function that the environment names."""

from typing import Any

import boto3


def call(service: str, operation: str, **parameters: Any) -> None:
    """Call an operation of a service, by its name in boto3."""
    client = boto3.client(
        service,  # type: ignore[call-overload]
        region_name="eu-west-3",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    getattr(client, operation)(**parameters)
