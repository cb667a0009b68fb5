"""Reads a template into a ``Stack``; what the local mode does not support is an error."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_pascal

from local.template.data import Data, TemplateError, mapping, text
from local.template.intrinsics import Resolver
from local.template.names import bucket_name, resource_name
from local.template.policies import statements_of
from local.template.source import TEMPLATE, load_template
from local.template.stack import (
    EventSource,
    Function,
    Policy,
    QueueEvent,
    QueueProperties,
    Route,
    Stack,
    Timer,
)

_INERT = re.compile(
    r"AWS::(Serverless::LayerVersion|Logs::|CloudWatch::|SNS::TopicPolicy|SQS::QueuePolicy"
    r"|KMS::|IAM::Role|SES::EmailIdentity|Cognito::|SNS::Topic$)"
)
"""Types that are ignored: policies of topics and queues, keys, roles, logs, alarms, and Cognito,
for which ``web`` signs in."""
_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


class _Properties(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")


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
    policies: list[dict[str, Data] | str] | None = None


def read_stack(path: Path = TEMPLATE, *, given: Mapping[str, Data] | None = None) -> Stack:
    """Read a template; parameters that are not ``given`` have their defaults.

    Raises TemplateError, or pydantic's ValidationError, naming what the local mode does not
    support.
    """
    template = load_template(path)
    every = mapping(template["Resources"])
    parameters = {
        name: mapping(declared).get("Default", f"{name.lower()}@local.example")
        for name, declared in mapping(template.get("Parameters", {})).items()
    } | dict(given or {})
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
    """A function's properties over SAM's Globals: maps are merged, lists joined.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
    """
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
        policies=None if read.policies is None else tuple(map(_policy, read.policies)),
    )
    for event_name, event in read.events.items():
        kind, details = text(event["Type"]), event.get("Properties", {})
        match kind:
            case "HttpApi":
                http = _HttpEvent.model_validate(details)
                is_open = http.auth.authorizer == "NONE"
                stack.routes.append(Route(http.method.upper(), http.path, name, is_open))
            case "SQS":
                source = QueueEvent.model_validate(details)
                queue = source.queue.rpartition(":")[2]
                stack.event_sources.append(EventSource(name, queue, source))
            case "Schedule" | "ScheduleV2":
                timer = _Timer.model_validate(details)
                if timer.enabled:
                    stack.timers.append(Timer(name, _seconds(timer.schedule), event_name))
            case _:
                raise TemplateError(f"event {event_name} of {name}: type {kind}")


def _policy(declared: dict[str, Data] | str) -> Policy:
    """A policy written out, or the name of a managed one."""
    return declared if isinstance(declared, str) else tuple(statements_of(declared))


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
            stack.queues[resource_name(name)] = QueueProperties.model_validate(properties)
        case "AWS::DynamoDB::Table":
            stack.tables[resource_name(name)] = properties
        case "AWS::S3::Bucket":
            stack.buckets[bucket_name(name)] = properties
        case "AWS::Scheduler::ScheduleGroup":
            stack.schedule_groups.add(resource_name(name))
        case "AWS::IAM::ManagedPolicy" | "AWS::S3::BucketPolicy":
            _add_policy(stack, name, kind, mapping(properties["PolicyDocument"]))
        case _:
            _add_mail(stack, name, kind, properties)


def _add_policy(stack: Stack, name: str, kind: str, document: dict[str, Data]) -> None:
    statements = tuple(statements_of(document))
    if kind == "AWS::S3::BucketPolicy":
        stack.bucket_statements += statements
    else:
        stack.managed_policies[resource_name(name)] = statements


def _add_mail(stack: Stack, name: str, kind: str, properties: dict[str, Data]) -> None:
    match kind:
        case "AWS::SNS::Subscription":
            stack.subscriptions.append(properties)
        case "AWS::SES::ConfigurationSet":
            stack.configuration_sets.add(resource_name(name))
        case "AWS::SES::ConfigurationSetEventDestination":
            stack.destinations.append(properties)
        case _:
            raise TemplateError(f"{name}: resource type {kind}")
