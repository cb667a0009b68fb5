"""The template, as written and as SAM expands it, with functions to query it."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from local.template.data import Data, mapping, sequence, text
from local.template.source import load_template

if TYPE_CHECKING:
    from collections.abc import Mapping

type Resource = dict[str, Data]

SAM_POLICIES = {
    name: f"arn:aws:iam::aws:policy/{path}{name}"
    for path, name in (
        ("service-role/", "AWSLambdaBasicExecutionRole"),
        ("service-role/", "AWSLambdaSQSQueueExecutionRole"),
        ("", "AWSXRayDaemonWriteAccess"),
    )
}
"""What SAM attaches by itself, for logs, polling and tracing."""


@cache
def template() -> dict[str, Data]:
    """template.yaml, its intrinsic functions unresolved."""
    return load_template()


def resources(
    of_type: str = "", *, where: "Mapping[str, Data] | None" = None
) -> dict[str, Resource]:
    """The resources of a type (or all) by logical id."""
    declared = mapping((where or template())["Resources"])
    every = {name: mapping(resource) for name, resource in declared.items()}
    return {name: resource for name, resource in every.items() if of_type in ("", resource["Type"])}


def properties(resource: Resource) -> dict[str, Data]:
    """The properties of a resource; empty if it has none."""
    return mapping(resource.get("Properties", {}))


def functions() -> dict[str, dict[str, Data]]:
    """Properties of every function with the Globals filled in, by logical id."""
    shared = mapping(mapping(template()["Globals"])["Function"])
    return {
        name: shared | properties(resource) | {"Environment": {"Variables": _variables(resource)}}
        for name, resource in resources("AWS::Serverless::Function").items()
    }


def _variables(function: Resource) -> dict[str, Data]:
    shared = mapping(mapping(template()["Globals"])["Function"])
    both = (mapping(declared["Environment"]) for declared in (shared, properties(function)))
    first, second = (mapping(environment["Variables"]) for environment in both)
    return first | second


def events(of_type: str) -> Iterator[tuple[str, dict[str, Data]]]:
    """Each function's logical id with the properties of each of its events of a type."""
    for name, declared in functions().items():
        for event in mapping(declared.get("Events", {})).values():
            if mapping(event)["Type"] == of_type:
                yield name, mapping(mapping(event).get("Properties", {}))


def statements(function: str) -> list[dict[str, Data]]:
    """The statements of a function's own policy; empty without one."""
    policies = sequence(functions()[function].get("Policies", []))
    own = [mapping(policy) for policy in policies if "Statement" in mapping(policy)]
    return [mapping(statement) for policy in own for statement in sequence(policy["Statement"])]


def managed_policies(function: str) -> set[str]:
    """The logical ids of the managed policies of a function."""
    policies = sequence(functions()[function].get("Policies", []))
    return {name for policy in policies if "Ref" in mapping(policy) for name in references(policy)}


def role_statements(role: str) -> list[dict[str, Data]]:
    """The statements of what a role of our own allows."""
    policies = sequence(properties(resources("AWS::IAM::Role")[role])["Policies"])
    return [
        mapping(statement)
        for policy in policies
        for statement in sequence(mapping(mapping(policy)["PolicyDocument"])["Statement"])
    ]


def as_list(value: Data) -> list[Data]:
    """``value`` as a list; a single value becomes a list of one."""
    return value if isinstance(value, list) else [value]


def references(value: Data) -> Iterator[str]:
    """Every name that a value refers to by Ref, GetAtt or Sub, pseudo parameters included."""
    match value:
        case {"Ref": str(name)}:
            yield name
        case {"Fn::GetAtt": [str(name), *_]}:
            yield name
        case {"Fn::Sub": str(pattern)}:
            yield from (
                part.partition("}")[0].partition(".")[0] for part in pattern.split("${")[1:]
            )
        case dict():
            for inner in value.values():
                yield from references(inner)
        case list():
            for inner in value:
                yield from references(inner)


def expand(source: dict[str, Data]) -> dict[str, Data]:
    """The template after SAM's transform, with the resources that SAM adds."""
    copy = deepcopy(source)
    for resource in resources(where=copy).values():
        for local_folder in ("CodeUri", "ContentUri"):
            if local_folder in properties(resource):
                properties(resource)[local_folder] = "s3://bucket/key"
    # SAM wants the values of parameters that its own properties refer to.
    parameters = dict.fromkeys(mapping(copy["Parameters"]), "5")
    translator = Translator(
        SAM_POLICIES, Parser(), boto_session=boto3.Session(region_name="eu-west-3")
    )
    return mapping(translator.translate(copy, parameters))


def find_circle(source: dict[str, Data]) -> list[str]:
    """The logical ids of a circular reference, which cannot be deployed; empty without one."""
    names = resources(where=source)
    edges = {
        name: [
            other
            for other in [
                *references(properties(resource)),
                *(text(each) for each in as_list(resource.get("DependsOn", []))),
            ]
            if other in names and other != name
        ]
        for name, resource in names.items()
    }
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str]:
        if name in path:
            return path[path.index(name) :]
        if name in done:
            return []
        for other in edges[name]:
            if circle := visit(other, [*path, name]):
                return circle
        done.add(name)
        return []

    return next((circle for name in names if (circle := visit(name, []))), [])
