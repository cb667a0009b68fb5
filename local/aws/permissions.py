"""What each function may do: every call is checked against the template's policies, as IAM does."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest

from local.aws.transport import Response, Service, body_of
from local.template.names import ACCOUNT, REGION
from local.template.policies import Call, Facts, is_allowed
from local.template.stack import Stack

_OF_BATCHES = {
    "SendMessageBatch": "SendMessage",
    "HeadObject": "GetObject",
}
_OF_TRANSACTIONS = {"ConditionCheck": "ConditionCheckItem"}
_DYNAMODB = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/"
_SQS = f"arn:aws:sqs:{REGION}:{ACCOUNT}:"
_SES = f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/"
_LAMBDA = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:"
_SCHEDULER = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/"


class NotAllowedError(Exception):
    """A function made a call that its policies do not allow; on AWS, it is denied access."""


def with_permissions(name: str, service: Service, stack: Stack) -> Service:
    """The service ``name``, which raises NotAllowedError for calls that a policy does not allow.

    Calls from outside a function, or from one without policies in the template, are not checked.
    """

    statements = {one.name: stack.statements_for(one) for one in stack.functions.values()}

    def respond_if_allowed(operation: str, request: AWSPreparedRequest) -> Response:
        caller = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "")
        if (deciding := statements.get(caller)) is not None:
            for call in _calls(name, operation, request):
                if not is_allowed(call, deciding):
                    raise NotAllowedError(f"{caller} may not {call.action} on {call.resource}")
        return service(operation, request)

    return respond_if_allowed


def _calls(service: str, operation: str, request: AWSPreparedRequest) -> Iterator[Call]:
    url = urlsplit(request.url)
    operation = _OF_BATCHES.get(operation, operation)
    match service:
        case "dynamodb":
            yield from _of_dynamodb(operation, json.loads(body_of(request)))
        case "sqs":
            queue = json.loads(body_of(request))["QueueUrl"].rpartition("/")[2]
            yield Call(f"sqs:{operation}", _SQS + queue)
        case "s3":
            bucket = (url.hostname or "").partition(".s3.")[0]
            yield Call(
                f"s3:{operation}", f"arn:aws:s3:::{bucket}{unquote(url.path)}", _of_object(request)
            )
        case "sesv2":
            # A raw message needs both, on the identity and on the configuration set.
            configuration = json.loads(body_of(request))["ConfigurationSetName"]
            yield Call("ses:SendEmail", _SES + configuration)
            yield Call("ses:SendRawEmail", _SES + configuration)
        case "lambda":
            yield Call("lambda:InvokeFunction", _LAMBDA + unquote(url.path.split("/")[3]))
        case "scheduler":
            yield from _of_scheduler(operation, url.path, url.query, request)


def _of_object(request: AWSPreparedRequest) -> Facts:
    condition = request.headers.get("If-None-Match")
    condition = condition.decode() if isinstance(condition, bytes) else condition
    return {
        "aws:SecureTransport": ["true"],
        "s3:ObjectCreationOperation": ["true"],
        "s3:if-none-match": [condition] if condition else [],
    }


def _of_dynamodb(operation: str, parameters: Mapping[str, Any]) -> Iterator[Call]:
    match parameters:
        case {"TransactItems": list(actions)}:
            for action in actions:
                [(kind, details)] = action.items()
                operation = _OF_TRANSACTIONS.get(kind, kind + "Item")
                yield _on_table(operation, details["TableName"], [details])
        case {"RequestItems": dict(tables)}:
            for table, wanted in tables.items():
                yield _on_table(operation, table, _parts_of_batch(wanted))
        case {"TableName": str(table), "IndexName": str(index)}:
            yield Call(f"dynamodb:{operation}", f"{_DYNAMODB}{table}/index/{index}")
        case _:
            yield _on_table(operation, parameters["TableName"], [parameters])


def _parts_of_batch(wanted: Mapping[str, Any] | Sequence[Any]) -> list[Mapping[str, Any]]:
    """What a batch reads or writes, each with its ``Key`` or ``Item``."""
    if isinstance(wanted, Mapping):
        return [{"Key": key} for key in wanted["Keys"]]
    return [details for write in wanted for details in write.values()]


def _on_table(operation: str, table: str, parts: Iterable[Mapping[str, Any]]) -> Call:
    """A call on a table, with the hash keys of its items, or the one of the partition queried."""
    items = [part.get("Item") or part.get("Key") or _queried(part) for part in parts]
    leading = [item["pk"]["S"] for item in items if item is not None]
    return Call(f"dynamodb:{operation}", _DYNAMODB + table, {"dynamodb:LeadingKeys": leading})


def _queried(part: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The hash key of a query, whose condition begins with ``#pk = :pk``; None for a scan."""
    values = part.get("ExpressionAttributeValues", {})
    return {"pk": values[":pk"]} if "KeyConditionExpression" in part else None


def _of_scheduler(
    operation: str, path: str, query: str, request: AWSPreparedRequest
) -> Iterator[Call]:
    parameters = json.loads(body_of(request)) if request.body else {}
    group = parameters.get("GroupName") or parse_qs(query)["groupName"][0]
    yield Call(f"scheduler:{operation}", f"{_SCHEDULER}{group}/{unquote(path.rpartition('/')[2])}")
    if "Target" in parameters:
        yield Call("iam:PassRole", parameters["Target"]["RoleArn"])
