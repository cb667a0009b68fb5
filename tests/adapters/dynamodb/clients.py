"""DynamoDB's client with the network's and the service's habits that moto lacks."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

type Call = Callable[..., dict[str, Any]]

_WRITES = {"put_item", "update_item", "delete_item"}


class _Wrapper:
    """Every operation goes through ``around``, with its name and parameters."""

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
    """moto is not safe to use from several threads; DynamoDB does each write as one step."""
    lock = threading.Lock()

    def around(_: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        with lock:
            return call(**parameters)

    return wrapped(client, around)


def with_lost_answers(client: "DynamoDBClient") -> "DynamoDBClient":
    """The answer of every first write is lost, and the SDK sends the write again."""

    def around(name: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        if name in _WRITES:
            call(**parameters)
        return call(**parameters)

    return wrapped(client, around)


def with_errors(client: "DynamoDBClient", *errors: BotoCoreError | ClientError) -> "DynamoDBClient":
    """The first calls raise these errors, whatever they are."""
    left = list(errors)

    def around(_: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        if left:
            raise left.pop(0)
        return call(**parameters)

    return wrapped(client, around)


def an_error(code: str, *reasons: str, status: int = 400) -> ClientError:
    """An error of DynamoDB; with the reasons of a cancelled transaction, one an item."""
    answer: Any = {
        "Error": {"Code": code, "Message": code},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    if reasons:
        answer["CancellationReasons"] = [{"Code": reason} for reason in reasons]
    return ClientError(answer, "AnyOperation")


def doing_half(client: "DynamoDBClient") -> "DynamoDBClient":
    """Batches of two or more are only half done, as when a partition is throttled."""

    def around(name: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        if name == "batch_write_item":
            ((table, items),) = parameters["RequestItems"].items()
            done, left = _halves(items)
            answer = call(RequestItems={table: done})
            return answer | {"UnprocessedItems": {table: left} if left else {}}
        if name == "batch_get_item":
            ((table, asked),) = parameters["RequestItems"].items()
            done, left = _halves(asked["Keys"])
            answer = call(RequestItems={table: asked | {"Keys": done}})
            rest = {table: asked | {"Keys": left}} if left else {}
            return answer | {"UnprocessedKeys": rest}
        return call(**parameters)

    return wrapped(client, around)


def _halves[T](items: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    middle = (len(items) + 1) // 2
    return items[:middle], items[middle:]
