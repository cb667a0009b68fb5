"""What the template declares, as far as it behaves: the local mode is built from this alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from local.intrinsics import (
    STACK,
    Resolver,
    TemplateError,
    bucket_name,
    mapping,
    text,
)
from local.policies import Statement, statements_of
from local.template import TEMPLATE, Data, load_template

_INERT = re.compile(
    r"AWS::(Serverless::LayerVersion|Logs::|CloudWatch::|SNS::TopicPolicy|SQS::QueuePolicy"
    r"|S3::BucketPolicy|KMS::|IAM::|SES::EmailIdentity|Cognito::|SNS::Topic$)"
)
"""Types with nothing to do here: policies, keys, logs and alarms, and what sign-in replaces."""
_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


class _Properties(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")


class _Redrive(BaseModel):
    model_config = ConfigDict(extra="forbid")
    target: str = Field(alias="deadLetterTargetArn")
    max_receives: int = Field(alias="maxReceiveCount")


class QueueProperties(_Properties):
    """A queue: seconds that a message stays hidden once received and is kept at all, and where it
    ends when it is received too often."""

    visibility_timeout: int = 30
    redrive_policy: _Redrive | None = None
    message_retention_period: int = 345_600
    sqs_managed_sse_enabled: bool = True


class _Scaling(_Properties):
    maximum_concurrency: int = 2


class QueueEvent(_Properties):
    """A function fed by a queue."""

    queue: str
    batch_size: int = 10
    function_response_types: list[str] = []
    scaling_config: _Scaling = _Scaling()


class _Timer(_Properties):
    schedule: str
    description: str = ""
    enabled: bool = True


class _RouteAuth(_Properties):
    authorizer: str = ""


class _HttpEvent(_Properties):
    api_id: str = ""
    method: str
    path: str
    auth: _RouteAuth = _RouteAuth()


class _Environment(_Properties):
    variables: dict[str, str | int | float | bool] = {}


class _FunctionProperties(_Properties):
    model_config = ConfigDict(alias_generator=to_pascal, extra="ignore")
    code_uri: str
    handler: str = "handler.handler"
    timeout: int = 3
    memory_size: int = 128
    environment: _Environment = _Environment()
    events: dict[str, dict[str, Data]] = {}
    policies: list[dict[str, Data]] | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A function: where its code is and what Lambda tells it. ``timeout`` is in seconds.

    ``statements`` are None when the template says nothing of what it may do.
    """

    name: str
    folder: Path
    handler: str
    timeout: int
    memory: int
    environment: dict[str, str]
    statements: tuple[Statement, ...] | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path of the HTTP API; ``is_open`` routes need no token."""

    method: str
    path: str
    function: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A queue that feeds a function."""

    function: str
    queue: str
    event: QueueEvent


@dataclass(frozen=True, slots=True)
class Timer:
    """A function that runs every ``seconds``."""

    function: str
    seconds: int
    name: str


@dataclass(slots=True, kw_only=True)
class Stack:
    """Everything in the template that behaves. Queues, tables and buckets go by their names."""

    root: Path
    functions: dict[str, Function] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    queues: dict[str, QueueProperties] = field(default_factory=dict)
    feeds: list[Feed] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    tables: dict[str, dict[str, Data]] = field(default_factory=dict)
    buckets: dict[str, dict[str, Data]] = field(default_factory=dict)
    subscriptions: list[dict[str, Data]] = field(default_factory=list)
    destinations: list[dict[str, Data]] = field(default_factory=list)
    configuration_sets: set[str] = field(default_factory=set)
    schedule_groups: set[str] = field(default_factory=set)
    issuer: str = ""
    audience: tuple[str, ...] = ()


def read_stack(path: Path = TEMPLATE) -> Stack:
    """Read a template; raises TemplateError naming what the local mode does not know."""
    template = load_template(path)
    every = mapping(template["Resources"])
    parameters = {
        name: mapping(declared).get("Default", f"{name.lower()}@local.example")
        for name, declared in mapping(template.get("Parameters", {})).items()
    }
    resolver = Resolver(every, mapping(template.get("Conditions", {})), parameters)
    shared = mapping(mapping(template.get("Globals", {})).get("Function", {}))
    stack = Stack(root=path.parent)
    for name, resource in _existing(every, resolver):
        kind, properties = text(resource["Type"]), mapping(resource.get("Properties", {}))
        if kind == "AWS::Serverless::Function":
            properties = _merged(shared, properties)
        if not _INERT.match(kind):
            _add(stack, name, kind, mapping(resolver.resolve(properties)))
    return stack


def _existing(every: dict[str, Data], resolver: Resolver) -> Iterator[tuple[str, dict[str, Data]]]:
    for name, declared in every.items():
        resource = mapping(declared)
        if "Condition" not in resource or resolver.holds(resource["Condition"]):
            yield name, resource


def _add_authorizer(stack: Stack, properties: dict[str, Data]) -> None:
    auth = mapping(properties["Auth"])
    chosen = mapping(mapping(auth["Authorizers"])[text(auth["DefaultAuthorizer"])])
    jwt = mapping(chosen["JwtConfiguration"])
    audience = jwt["audience"]
    clients = audience if isinstance(audience, list) else [audience]
    stack.issuer = text(jwt["issuer"])
    stack.audience = tuple(str(client) for client in clients if client)


def _merged(shared: dict[str, Data], own: dict[str, Data]) -> dict[str, Data]:
    """Globals of SAM under a function's own: maps are merged, lists joined."""
    merged = dict(shared)
    for key, value in own.items():
        known = merged.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            merged[key] = _merged(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            merged[key] = known + value
        else:
            merged[key] = value
    return merged


def _add_function(stack: Stack, name: str, properties: dict[str, Data]) -> None:
    read = _FunctionProperties.model_validate(properties)
    stack.functions[name] = Function(
        name=name,
        folder=stack.root / read.code_uri,
        handler=read.handler,
        timeout=read.timeout,
        memory=read.memory_size,
        environment={key: str(value) for key, value in read.environment.variables.items()},
        statements=None if read.policies is None else tuple(statements_of(read.policies)),
    )
    for event_name, event in read.events.items():
        kind, details = text(event["Type"]), event.get("Properties", {})
        match kind:
            case "HttpApi":
                http = _HttpEvent.model_validate(details)
                is_open = http.auth.authorizer == "NONE"
                stack.routes.append(Route(http.method.upper(), http.path, name, is_open))
            case "SQS":
                fed = QueueEvent.model_validate(details)
                stack.feeds.append(Feed(name, fed.queue.rpartition(":")[2], fed))
            case "Schedule" | "ScheduleV2":
                timer = _Timer.model_validate(details)
                if timer.enabled:
                    stack.timers.append(Timer(name, _seconds(timer.schedule), event_name))
            case _:
                raise TemplateError(f"event {event_name} of {name}: type {kind}")


def _seconds(rate: str) -> int:
    found = _RATE.fullmatch(rate)
    if found is None:
        raise TemplateError(f"schedule {rate}")
    return int(found.group(1)) * _SECONDS[found.group(2)]


def _add(stack: Stack, name: str, kind: str, properties: dict[str, Data]) -> None:
    match kind:
        case "AWS::Serverless::HttpApi":
            _add_authorizer(stack, properties)
        case "AWS::Serverless::Function":
            _add_function(stack, name, properties)
        case "AWS::SQS::Queue":
            stack.queues[f"{STACK}-{name}"] = QueueProperties.model_validate(properties)
        case "AWS::DynamoDB::Table":
            stack.tables[f"{STACK}-{name}"] = properties
        case "AWS::S3::Bucket":
            stack.buckets[bucket_name(name)] = properties
        case "AWS::Scheduler::ScheduleGroup":
            stack.schedule_groups.add(f"{STACK}-{name}")
        case _:
            _add_mail(stack, name, kind, properties)


def _add_mail(stack: Stack, name: str, kind: str, properties: dict[str, Data]) -> None:
    match kind:
        case "AWS::SNS::Subscription":
            stack.subscriptions.append(properties)
        case "AWS::SES::ConfigurationSet":
            stack.configuration_sets.add(f"{STACK}-{name}")
        case "AWS::SES::ConfigurationSetEventDestination":
            stack.destinations.append(properties)
        case _:
            raise TemplateError(f"{name}: resource type {kind}")
