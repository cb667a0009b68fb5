"""Writes the OpenAPI description of the API from the routes' own signatures."""

import json
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAliasType, get_args, get_origin

from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from facteur.http.app import Route
from facteur.http.problems import MEDIA_TYPE, ProblemDetails
from functions.campaigns.handler import app as campaigns
from functions.documents.handler import app as documents
from functions.recipients.handler import app as recipients
from functions.sends.handler import app as sends
from functions.settings.handler import app as settings
from functions.webhooks.handler import app as webhooks

ROOT = Path(__file__).parents[1]
FILE = ROOT / "functions" / "settings" / "openapi.json"
"""Beside the function that serves it, so that `sam build` packages it; docs/openapi.json is a link
to it, for readers and for the console's types."""

APPS = (campaigns, documents, recipients, sends, settings, webhooks)

EVENTS = ROOT / "events"
PROBLEM = "#/components/responses/Problem"
ADMINISTRATORS_ONLY = "#/components/responses/AdministratorsOnly"
SERVERS = [
    {"url": "/", "description": "Where this description was read."},
    {
        "url": "https://{api}.execute-api.{region}.amazonaws.com",
        "description": "A deployed stack: its output ApiUrl.",
        "variables": {
            "api": {"default": "example", "description": "The id of the stack's API."},
            "region": {"default": "eu-west-3"},
        },
    },
    {"url": "http://127.0.0.1:8000", "description": "The local mode: make run."},
]
SECURITY_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A person's ID token, from the sign-in page of Cognito, or a host "
        "application's access token with the scope `facteur/api`, by the OAuth 2 client "
        "credentials of `make client`. The local mode gives one: POST /local/login.",
    }
}

type Json = dict[str, Any]
type Key = tuple[type, JsonSchemaMode]


def description() -> str:
    """The OpenAPI document as text, as it is checked in."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def document() -> Json:
    """The OpenAPI document."""
    schemas, components = _schemas()
    # A query is described by its parameters: nothing refers to its model.
    queries = {name: components.pop(name) for name in _queries()}
    paths: Json = {}
    examples = _examples()
    for app in APPS:
        for route in app.routes:
            operation = _operation(app.name, route, schemas, queries)
            _illustrate(operation, examples[f"{route.method} {route.path}"])
            paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Facteur",
            "version": "1",
            "description": "Sends business documents by e-mail as PDF and remembers what became "
            "of each.",
        },
        "servers": SERVERS,
        "security": [{"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": SECURITY_SCHEMES,
            "responses": _refusals(schemas),
            "schemas": dict(sorted(components.items())),
        },
    }


@dataclass(frozen=True)
class Example:
    """A payload of events/ for a route, and what it is answered."""

    name: str
    query: Json
    body: Any
    answer: Any


def _examples() -> dict[str, list[Example]]:
    """The examples of each route, by its method and path."""
    found: dict[str, list[Example]] = {}
    for path in sorted(EVENTS.glob("*.json")):
        event = json.loads(path.read_text("utf-8"))
        if "routeKey" not in event:
            continue
        answer = EVENTS / "answers" / path.name
        example = Example(
            name=path.stem.partition("_")[2],
            query=event.get("queryStringParameters") or {},
            body=json.loads(event["body"]) if event.get("body") else None,
            answer=json.loads(answer.read_text("utf-8")) if answer.exists() else None,
        )
        found.setdefault(event["routeKey"], []).append(example)
    return found


def _illustrate(operation: Json, examples: list[Example]) -> None:
    """Add examples to an operation: of its query, its body and its answer."""
    for example in examples:
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query" and parameter["name"] in example.query:
                parameter["example"] = example.query[parameter["name"]]
        if example.body is not None:
            _add_example(operation["requestBody"], example.name, example.body)
        if example.answer is not None:
            done = next(r for status, r in operation["responses"].items() if status < "300")
            _add_example(done, example.name, example.answer)


def _add_example(message: Json, name: str, value: Any) -> None:
    content = message["content"]["application/json"]
    content.setdefault("examples", {})[name] = {"value": value}


def _refusals(schemas: dict[Key, Json]) -> Json:
    """The responses that operations share."""
    content = {MEDIA_TYPE: {"schema": schemas[ProblemDetails, "serialization"]}}
    return {
        "AdministratorsOnly": {
            "description": "Refused to members (`admin_only`)",
            "content": content,
        },
        "Problem": {
            "description": "Refused: `code` is for programs, `detail` and `errors` are for people, "
            "in the language of Accept-Language. 401: without a valid token. 404: not there, or "
            "another organization's. 409: not in this state, or not this version. 422: every field "
            "that is wrong. 429: later, after Retry-After.",
            "content": content,
        },
    }


def _schemas() -> tuple[dict[Key, Json], Json]:
    """The schema of every model that routes name, and the components these refer to."""
    keys: dict[Key, None] = {(ProblemDetails, "serialization"): None}
    for app in APPS:
        for route in app.routes:
            hints = route.endpoint.__annotations__
            keys |= {
                (hints[name], "validation"): None for name in ("query", "body") if name in hints
            }
            keys |= {(kind, "serialization"): None for kind in _models(hints["return"])}
    inputs: list[tuple[Key, JsonSchemaMode, TypeAdapter[Any]]] = [
        (key, key[1], TypeAdapter(key[0])) for key in keys
    ]
    found, shared = TypeAdapter.json_schemas(inputs, ref_template="#/components/schemas/{model}")
    return {key: found[key, key[1]] for key in keys}, shared.get("$defs", {})


def _queries() -> set[str]:
    """The names of the models of queries."""
    hints = [route.endpoint.__annotations__ for app in APPS for route in app.routes]
    return {hint["query"].__name__ for hint in hints if "query" in hint}


def _models(annotation: Any) -> Iterator[Any]:
    """The models among the alternatives of an annotation."""
    if isinstance(annotation, TypeAliasType):
        annotation = annotation.__value__
    if isinstance(annotation, types.UnionType):
        for alternative in get_args(annotation):
            yield from _models(alternative)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


def _is_file(annotation: Any) -> bool:
    if isinstance(annotation, TypeAliasType):
        annotation = annotation.__value__
    if isinstance(annotation, types.UnionType):
        return any(_is_file(alternative) for alternative in get_args(annotation))
    return get_origin(annotation) is Response


def _operation(tag: str, route: Route, schemas: dict[Key, Json], queries: Json) -> Json:
    hints = route.endpoint.__annotations__
    operation: Json = {
        "operationId": route.endpoint.__name__,
        "tags": [tag],
        "summary": (route.endpoint.__doc__ or "").partition("\n")[0],
        "parameters": [*_path_parameters(route), *_header_parameters(route)],
        "responses": _responses(route, schemas),
    }
    if "query" in hints:
        operation["parameters"] += _query_parameters(queries[hints["query"].__name__])
    if "body" in hints:
        operation["requestBody"] = {
            "required": route.body_required,
            "content": {"application/json": {"schema": schemas[hints["body"], "validation"]}},
        }
    if route.public:
        operation["security"] = []
    return {name: value for name, value in operation.items() if value or name == "security"}


def _path_parameters(route: Route) -> list[Json]:
    kinds: dict[str, Json] = {
        "id": {"type": "string"},
        "n": {"type": "integer", "minimum": 0},
        "delivery": {"type": "string"},
    }
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds[name]}
        for name in re.findall(r"{(\w+)}", route.path)
    ]


def _header_parameters(route: Route) -> list[Json]:
    if not route.idempotent:
        return []
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "A request repeated with the same key within 24 hours has no further "
            "effect and gets the same response.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        }
    ]


def _query_parameters(schema: Json) -> list[Json]:
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", []),
            "schema": described,
        }
        for name, described in schema["properties"].items()
    ]


def _responses(route: Route, schemas: dict[Key, Json]) -> Json:
    returned = route.endpoint.__annotations__["return"]
    models = [schemas[model, "serialization"] for model in _models(returned)]
    responses: Json = {}
    if models:
        schema = models[0] if len(models) == 1 else {"oneOf": models}
        responses[str(route.status)] = {
            "description": "Done",
            "content": {"application/json": {"schema": schema}},
        }
    if _is_file(returned):
        responses |= _file_response(route, redirects=bool(models))
    if not responses:
        responses[str(route.status)] = {"description": "Done"}
    if route.admin_only:
        responses["403"] = {"$ref": ADMINISTRATORS_ONLY}
    return responses | {"default": {"$ref": PROBLEM}}


def _file_response(route: Route, *, redirects: bool) -> Json:
    if redirects:
        location = {"description": "Where the PDF is", "schema": {"type": "string"}}
        return {"302": {"description": "Found", "headers": {"Location": location}}}
    kind = {"type": "object"} if route.media_type == "application/json" else {"type": "string"}
    return {"200": {"description": "The file", "content": {route.media_type: {"schema": kind}}}}


if __name__ == "__main__":
    FILE.write_text(description(), "utf-8")
