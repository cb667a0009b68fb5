"""Types that openapi-typescript generates fit every example, and openapi-fetch calls them all."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from scripts.openapi import FILE, document
from tests.clients.requests import Request, prepared
from tests.e2e_api.conftest import START
from tests.e2e_api.facteur import Facteur

CONSOLE = Path(__file__).parents[2] / "console"
"""Where openapi-typescript, openapi-fetch and the compiler are installed."""
GENERATOR = ("node_modules/.bin/openapi-typescript", "--default-non-nullable", "false")
"""Without the option, what has a default must be given in bodies too."""
COMPILER_OPTIONS = {
    "strict": True,
    "exactOptionalPropertyTypes": False,
    "module": "nodenext",
    "target": "es2022",
    "lib": ["es2022", "dom"],
    "types": [],
    "skipLibCheck": True,
}
NUMBERS = {"count", "limit", "n"}
"""Parameters that are no texts."""
PATHS = document()["paths"]


@pytest.fixture
def facteur(tmp_path: Path) -> Iterator[Facteur]:
    """A running system."""
    facteur = Facteur(tmp_path / "data", at=START)
    yield facteur
    facteur.stop()


@pytest.mark.feature("B42")
def test_every_operation_is_called_with_its_types(facteur: Facteur, tmp_path: Path) -> None:
    requests = list(prepared(facteur))
    address = str(facteur.http.base_url)
    (tmp_path / "node_modules").symlink_to(CONSOLE / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": COMPILER_OPTIONS}))
    (tmp_path / "calls.ts").write_text("\n".join(_program(requests, address)))
    (tmp_path / "answers.ts").write_text("\n".join(_answers()))

    _run(*GENERATOR, str(FILE), "--output", "schema.d.ts", at=tmp_path)
    _run("node_modules/.bin/tsc", "--project", ".", at=tmp_path)
    called = json.loads(_run("node", "calls.js", at=tmp_path))

    assert {name: status for name, status in called.items() if status >= 400} == {}
    assert called.keys() == {request.name for request in requests}
    routes = {(request.method.lower(), request.route) for request in requests}
    assert routes == {(method, path) for path, methods in PATHS.items() for method in methods}


def _program(requests: Sequence[Request], address: str) -> Iterator[str]:
    """A program with one typed call for each request; it prints their statuses."""
    yield 'import createClient from "openapi-fetch";'
    yield 'import type { paths } from "./schema.d.ts";'
    yield f"const client = createClient<paths>({{ baseUrl: {json.dumps(address)} }});"
    yield "const called: Record<string, number> = {};"
    for request in requests:
        operation = PATHS[request.route][request.method.lower()]
        options = {
            "headers": {"Authorization": f"Bearer {request.token}"},
            "params": {
                place: _converted(values)
                for place, values in (("path", request.path), ("query", request.query))
                if values
            },
        }
        if request.body is not None:
            options["body"] = request.body
        if "application/json" not in str(operation["responses"]) or "302" in operation["responses"]:
            options["parseAs"] = "text"
        call = f"await client.{request.method}({json.dumps(request.route)}, {json.dumps(options)})"
        yield f"called[{json.dumps(request.name)}] = ({call}).response.status;"
    yield "console.log(JSON.stringify(called));"


def _answers() -> Iterator[str]:
    """A program that is wrong wherever the example of an answer does not fit its type."""
    yield 'import type { operations } from "./schema.d.ts";'
    for methods in PATHS.values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {}).get("application/json", {})
                for name, example in content.get("examples", {}).items():
                    kind = f'operations["{operation["operationId"]}"]["responses"][{status}]'
                    value = json.dumps(example["value"])
                    yield f"export const {operation['operationId']}_{name}:"
                    yield f'  {kind}["content"]["application/json"] = {value};'


def _converted(texts: dict[str, str]) -> dict[str, str | int]:
    """The texts of an address, those of numbers as numbers."""
    return {name: int(text) if name in NUMBERS else text for name, text in texts.items()}


def _run(*command: str, at: Path) -> str:
    ran = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)  # noqa: S603
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
