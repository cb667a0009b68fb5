"""DynamoDB clients with failures of the network and the service that moto does not have."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

type Call = Callable[..., dict[str, Any]]

_WRITES = {"put_item", "update_item", "delete_item"}


class _Wrapper:
    """Passes every operation to ``around``, with its name and parameters."""

    def __init__(self, client: "DynamoDBClient", around: Callable[..., dict[str, Any]]) -> None:
        self._client = client
        self._around = around

    def __getattr__(self, name: str) -> Call:
        call: Call = getattr(self._client, name)
        return lambda **parameters: self._around(name, call, parameters)


def wrapped(
    client: "DynamoDBClient",
    around: Callable[[str, Call, dict[str, Any]], dict[str, Any]],
) -> "DynamoDBClient":
    return cast("DynamoDBClient", _Wrapper(client, around))


def one_call_at_a_time(client: "DynamoDBClient") -> "DynamoDBClient":
    """Serialises calls: moto is not thread-safe, whereas DynamoDB does each write atomically."""
    lock = threading.Lock()

    def around(_: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        with lock:
            return call(**parameters)

    return wrapped(client, around)


def with_lost_answers(client: "DynamoDBClient") -> "DynamoDBClient":
    """Loses the response of every first write, so that the SDK sends it again."""

    def around(name: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        if name in _WRITES:
            call(**parameters)
        return call(**parameters)

    return wrapped(client, around)


def lagging(client: "DynamoDBClient") -> "DynamoDBClient":
    """Reads from a replica that has not received anything yet, unless a read is consistent."""

    def around(name: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        match name:
            case "get_item" if not parameters.get("ConsistentRead"):
                return {}
            case "query" if not parameters.get("ConsistentRead"):
                return {"Items": []}
            case "batch_get_item":
                ((table, request),) = parameters["RequestItems"].items()
                if not request.get("ConsistentRead"):
                    return {"Responses": {table: []}, "UnprocessedKeys": {}}
        return call(**parameters)

    return wrapped(client, around)


def with_errors(client: "DynamoDBClient", *errors: BotoCoreError | ClientError) -> "DynamoDBClient":
    """Raises these errors at the first calls, whatever the operation."""
    left = list(errors)

    def around(_: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        if left:
            raise left.pop(0)
        return call(**parameters)

    return wrapped(client, around)


def an_error(code: str, *reasons: str, status: int = 400) -> ClientError:
    """An error of DynamoDB, with one reason per item for a cancelled transaction."""
    answer: Any = {
        "Error": {"Code": code, "Message": code},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    if reasons:
        answer["CancellationReasons"] = [{"Code": reason} for reason in reasons]
    return ClientError(answer, "AnyOperation")


def doing_half(client: "DynamoDBClient") -> "DynamoDBClient":
    """Does only half of each batch of two or more, as when a partition is throttled."""

    def around(name: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        if name == "batch_write_item":
            ((table, items),) = parameters["RequestItems"].items()
            done, left = _halves(items)
            answer = call(RequestItems={table: done})
            return answer | {"UnprocessedItems": {table: left} if left else {}}
        if name == "batch_get_item":
            ((table, request),) = parameters["RequestItems"].items()
            done, left = _halves(request["Keys"])
            answer = call(RequestItems={table: request | {"Keys": done}})
            rest = {table: request | {"Keys": left}} if left else {}
            return answer | {"UnprocessedKeys": rest}
        return call(**parameters)

    return wrapped(client, around)


def _halves[T](items: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    middle = (len(items) + 1) // 2
    return items[:middle], items[middle:]
