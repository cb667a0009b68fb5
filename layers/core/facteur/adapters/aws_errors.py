"""Temporary failures of AWS calls: throttling, and no usable response."""

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnectionError

_THROTTLED = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
}
"""DynamoDB's error codes for throttling, with status 400; S3's is SlowDown, with 503."""
_REQUEST_TIMEOUT = 408


def is_throttled(error: ClientError) -> bool:
    """Is DynamoDB throttling?"""
    return error.response["Error"]["Code"] in _THROTTLED


def is_unanswered(error: BotoCoreError | ClientError) -> bool:
    """Was there no connection, no response in time, or a server error?"""
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return status >= 500 or status == _REQUEST_TIMEOUT
    return isinstance(error, NoConnectionError | HTTPClientError)
