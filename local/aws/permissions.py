"""What each function may do: every call is checked against the template's policies, as IAM does."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest

from local.aws.transport import Response, Service, body_of
from local.template.names import ACCOUNT, REGION
from local.template.stack import Function

type Right = tuple[str, str]
"""An action, and the ARN of the resource it applies to."""

_OF_BATCHES = {
    "SendMessageBatch": "SendMessage",
    "HeadObject": "GetObject",
}
_OF_TRANSACTIONS = {"ConditionCheck": "ConditionCheckItem"}
_DYNAMODB = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/"
_SQS = f"arn:aws:sqs:{REGION}:{ACCOUNT}:"
_SES = f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/"
_SCHEDULER = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/"


class NotAllowedError(Exception):
    """A function made a call that its policies do not allow; on AWS, it is denied access."""


def with_permissions(name: str, service: Service, functions: Mapping[str, Function]) -> Service:
    """The service ``name``, which raises NotAllowedError for calls that a policy does not allow.

    Calls from outside a function, or from one without policies in the template, are not checked.
    """

    def respond_if_allowed(operation: str, request: AWSPreparedRequest) -> Response:
        caller = functions.get(os.environ.get("AWS_LAMBDA_FUNCTION_NAME", ""))
        if caller is not None and caller.statements is not None:
            for action, resource in _needed_rights(name, operation, request):
                if not any(one.allows(action, resource) for one in caller.statements):
                    raise NotAllowedError(f"{caller.name} may not {action} on {resource}")
        return service(operation, request)

    return respond_if_allowed


def _needed_rights(service: str, operation: str, request: AWSPreparedRequest) -> Iterator[Right]:
    url = urlsplit(request.url)
    operation = _OF_BATCHES.get(operation, operation)
    match service:
        case "dynamodb":
            yield from _of_dynamodb(operation, json.loads(body_of(request)))
        case "sqs":
            queue = json.loads(body_of(request))["QueueUrl"].rpartition("/")[2]
            yield f"sqs:{operation}", _SQS + queue
        case "s3":
            bucket = (url.hostname or "").partition(".s3.")[0]
            yield f"s3:{operation}", f"arn:aws:s3:::{bucket}{unquote(url.path)}"
        case "sesv2":
            # A raw message needs both, on the identity and on the configuration set.
            configuration = json.loads(body_of(request))["ConfigurationSetName"]
            yield "ses:SendEmail", _SES + configuration
            yield "ses:SendRawEmail", _SES + configuration
        case "scheduler":
            yield from _of_scheduler(operation, url.path, url.query, request)


def _of_dynamodb(operation: str, parameters: Mapping[str, Any]) -> Iterator[Right]:
    match parameters:
        case {"TransactItems": list(actions)}:
            for action in actions:
                [(kind, details)] = action.items()
                yield (
                    f"dynamodb:{_OF_TRANSACTIONS.get(kind, kind + 'Item')}",
                    _DYNAMODB + details["TableName"],
                )
        case {"RequestItems": dict(tables)}:
            for table in tables:
                yield f"dynamodb:{operation}", _DYNAMODB + table
        case {"TableName": str(table), "IndexName": str(index)}:
            yield f"dynamodb:{operation}", f"{_DYNAMODB}{table}/index/{index}"
        case _:
            yield f"dynamodb:{operation}", _DYNAMODB + parameters["TableName"]


def _of_scheduler(
    operation: str, path: str, query: str, request: AWSPreparedRequest
) -> Iterator[Right]:
    parameters = json.loads(body_of(request)) if request.body else {}
    group = parameters.get("GroupName") or parse_qs(query)["groupName"][0]
    yield f"scheduler:{operation}", f"{_SCHEDULER}{group}/{unquote(path.rpartition('/')[2])}"
    if "Target" in parameters:
        yield "iam:PassRole", parameters["Target"]["RoleArn"]
