"""SQS's API, as far as functions call it; Lambda's pollers receive from ``Queues`` directly."""

import hashlib
import json
import re
from collections.abc import Mapping

from botocore.awsrequest import AWSPreparedRequest

from local.aws.queues import Queues
from local.aws.transport import Response, body_of

_MAX_BATCH = 10
_MAX_BYTES = 1_048_576
"""Of a message, and of all messages of a batch together.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html"""
_GROUP = re.compile(r"[!-~]{1,128}")
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagegroupid-property.html"""
_JSON = {"Content-Type": "application/x-amz-json-1.0"}


class SqsError(Exception):
    """An error response of SQS: its code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def respond(queues: Queues, operation: str, request: AWSPreparedRequest) -> Response:
    """The response to one request: send a message or a batch, or change a visibility."""
    parameters = json.loads(body_of(request))
    queue = str(parameters["QueueUrl"]).rpartition("/")[2]
    try:
        result = _perform(queues, operation, queue, parameters)
    except SqsError as error:
        body = {"__type": f"com.amazonaws.sqs#{error.code}", "message": str(error)}
        return 400, _JSON, json.dumps(body).encode()
    return 200, _JSON, json.dumps(result).encode()


def _perform(
    queues: Queues, operation: str, queue: str, parameters: Mapping[str, object]
) -> dict[str, object]:
    if queue not in queues:
        raise SqsError("QueueDoesNotExist", "The specified queue does not exist.")
    match operation, parameters:
        case "SendMessage", {"MessageBody": str(body), **options}:
            _check_size([body])
            return _send(queues, queue, body, options)
        case "SendMessageBatch", {"Entries": list(entries)}:
            return {"Successful": _send_batch(queues, queue, entries), "Failed": []}
        case "ChangeMessageVisibility", {
            "ReceiptHandle": str(receipt_handle),
            "VisibilityTimeout": int(seconds),
        }:
            if not 0 <= seconds <= 43_200:
                raise SqsError("InvalidParameterValue", "VisibilityTimeout must be 0 to 43200.")
            if not queues.change_visibility(receipt_handle, seconds):
                raise SqsError("ReceiptHandleIsInvalid", "The receipt handle is not valid.")
            return {}
        case _:
            raise SqsError("UnsupportedOperation", f"{operation} is not part of the local mode.")


def _send_batch(
    queues: Queues, queue: str, entries: list[dict[str, object]]
) -> list[dict[str, object]]:
    ids = [str(entry["Id"]) for entry in entries]
    if not entries:
        raise SqsError("EmptyBatchRequest", "There should be at least one entry.")
    if len(entries) > _MAX_BATCH:
        raise SqsError("TooManyEntriesInBatchRequest", f"Maximum number of entries is {_MAX_BATCH}")
    if len(set(ids)) < len(ids):
        raise SqsError("BatchEntryIdsNotDistinct", "Two entries have the same Id.")
    _check_size([str(entry["MessageBody"]) for entry in entries])
    return [
        {"Id": entry["Id"], **_send(queues, queue, str(entry["MessageBody"]), entry)}
        for entry in entries
    ]


def _send(
    queues: Queues, queue: str, body: str, options: Mapping[str, object]
) -> dict[str, object]:
    delay = options.get("DelaySeconds", 0)
    if not isinstance(delay, int) or not 0 <= delay <= 900:
        raise SqsError("InvalidParameterValue", "DelaySeconds must be 0 to 900.")
    group = options.get("MessageGroupId")
    if group is not None and (not isinstance(group, str) or not _GROUP.fullmatch(group)):
        raise SqsError("InvalidParameterValue", "MessageGroupId must be 1 to 128 characters.")
    message_id = queues.put(queue, body, delay=delay, group=group)
    return {"MessageId": message_id, "MD5OfMessageBody": _md5(body)}


def _check_size(bodies: list[str]) -> None:
    if not all(bodies):
        raise SqsError("InvalidParameterValue", "A message must not be empty.")
    if sum(len(body.encode()) for body in bodies) > _MAX_BYTES:
        raise SqsError("BatchRequestTooLong", f"More than {_MAX_BYTES} bytes.")


def _md5(body: str) -> str:
    return hashlib.md5(body.encode(), usedforsecurity=False).hexdigest()
