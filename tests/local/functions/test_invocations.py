"""A function that calls another one gets what Lambda would answer."""

import json
from typing import Any

import pytest

from tests.local.conftest import Running

PREFIX = "facteur-local-"


def invoked(running: Running, name: str, event: object) -> dict[str, Any]:
    client: Any = running.session.client("lambda")
    answer: dict[str, Any] = client.invoke(FunctionName=PREFIX + name, Payload=json.dumps(event))
    return answer | {"Payload": json.loads(answer["Payload"].read())}


def test_the_answer_of_the_function_comes_back(running: Running) -> None:
    answer = invoked(running, "EchoFunction", {"rawPath": "/echo/é"})

    echoed = json.loads(answer["Payload"]["body"])
    assert "FunctionError" not in answer
    assert echoed["event"] == {"rawPath": "/echo/é"}
    assert echoed["variables"]["AWS_LAMBDA_FUNCTION_NAME"] == "EchoFunction"


def test_a_function_that_raises_is_told_by_the_name_of_its_error(running: Running) -> None:
    answer = invoked(running, "EchoFunction", {"rawPath": "/fail"})

    assert answer["FunctionError"] == "Unhandled"
    assert answer["Payload"]["errorType"] == "RuntimeError"
    assert answer["Payload"]["errorMessage"] == "failing on purpose"


def test_an_unknown_function_is_not_found(running: Running) -> None:
    client = running.session.client("lambda")

    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.invoke(FunctionName=f"{PREFIX}NobodyFunction")


def test_what_the_local_mode_does_not_have_is_named(running: Running) -> None:
    with pytest.raises(LookupError, match="lambda ListFunctions"):
        running.session.client("lambda").list_functions()
