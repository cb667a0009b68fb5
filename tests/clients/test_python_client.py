"""A client that openapi-python-client generates works on every operation."""

import importlib
import inspect
import json
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scripts.openapi import FILE, document
from tests.clients.requests import Request, prepared
from tests.e2e_api.conftest import START
from tests.e2e_api.facteur import Facteur

CONFIGURATION = "content_type_overrides: {message/rfc822: text/plain}\npost_hooks: []\n"
"""What the generator does not know: the source of a mail is a text. And no formatting after it."""
PACKAGE = "generated_facteur"
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
OPERATIONS = {
    (method.upper(), path): operation
    for path, operations in document()["paths"].items()
    for method, operation in operations.items()
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client, generated as a developer would; a warning of the generator is a failure."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "configuration.yaml").write_text(CONFIGURATION)
    command = ["openapi_python_client", "generate", "--path", str(FILE), "--meta", "none"]
    subprocess.run(  # noqa: S603 - our own arguments
        [
            *(sys.executable, "-m", *command, "--fail-on-warning"),
            *("--config", str(folder / "configuration.yaml")),
            *("--output-path", str(folder / PACKAGE)),
        ],
        check=True,
    )
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


@pytest.mark.feature("B42")
def test_every_operation_is_called_and_its_answer_parsed(
    package: ModuleType, tmp_path: Path
) -> None:
    facteur = Facteur(tmp_path / "data", at=START)
    try:
        called = {
            _call(package, request, str(facteur.http.base_url)) for request in prepared(facteur)
        }
    finally:
        facteur.stop()

    assert called == {operation["operationId"] for operation in OPERATIONS.values()}


def _call(package: ModuleType, request: Request, address: str) -> str:
    """Call the generated function of a request's operation; the operation's name."""
    operation = OPERATIONS[request.method, request.route]
    name = operation["operationId"]
    module = importlib.import_module(f"{PACKAGE}.api.{operation['tags'][0]}.{name}")
    hints = typing.get_type_hints(module.sync_detailed)
    # A name that Python has already gets an underscore.
    arguments: dict[str, Any] = {
        key if key in hints else f"{key}_": value
        for key, value in (request.path | request.query).items()
    }
    if request.body is not None:
        arguments["body"] = _typed(hints["body"], request.body)
    with package.AuthenticatedClient(base_url=address, token=request.token) as client:
        response = module.sync_detailed(client=client, **_converted(hints, arguments))

    assert response.status_code < 400, f"{request.name}: {response.content}"
    if operation["responses"].keys() & {"200", "201", "202"} and response.status_code != 302:
        assert response.parsed is not None, request.name
        if response.headers["content-type"] == "application/json":
            parsed, given = response.parsed.to_dict(), json.loads(response.content)
            assert _with_instants(parsed) == _with_instants(given), request.name
    return str(name)


def _with_instants(value: Any) -> Any:
    """JSON with each text that is an instant as that instant, however it is written."""
    if isinstance(value, dict):
        return {name: _with_instants(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_instants(member) for member in value]
    if isinstance(value, str) and INSTANT.match(value):
        return datetime.fromisoformat(value)
    return value


def _typed(hint: Any, body: Any) -> Any:
    """A body as the model, among those the operation takes, that says the same."""
    for model in typing.get_args(hint) or (hint,):
        if inspect.isclass(model) and hasattr(model, "from_dict"):
            try:
                typed = model.from_dict(body)
            except (KeyError, TypeError, ValueError):
                continue
            if typed.to_dict() == body:
                return typed
    raise AssertionError(f"no model for {body}")


def _converted(hints: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """Texts of an address as what the function takes: integers and enumerations."""
    return {name: _converted_one(hints[name], value) for name, value in arguments.items()}


def _converted_one(hint: Any, value: Any) -> Any:
    for kind in typing.get_args(hint) or (hint,):
        if (
            inspect.isclass(kind)
            and (kind is int or issubclass(kind, str))
            and isinstance(value, str)
        ):
            return kind(value)
    return value
