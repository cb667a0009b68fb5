"""Calls to AWS that came to nothing for a reason that goes away by itself."""

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnectionError

_THROTTLED = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
}
"""DynamoDB's words for it, with status 400; S3's is SlowDown, with 503."""
_REQUEST_TIMEOUT = 408


def is_throttled(error: ClientError) -> bool:
    """Does DynamoDB take no more for the moment?"""
    return error.response["Error"]["Code"] in _THROTTLED


def is_unanswered(error: BotoCoreError | ClientError) -> bool:
    """Was there no connection, no answer in time, or one that says it broke on their side?"""
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return status >= 500 or status == _REQUEST_TIMEOUT
    return isinstance(error, NoConnectionError | HTTPClientError)
