"""CloudFormation's intrinsic functions, resolved to the names that the local resources have."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from local.template.data import Data, TemplateError, mapping, sequence, text
from local.template.names import (
    ACCOUNT,
    REGION,
    STACK,
    bucket_name,
    function_arn,
    queue_arn,
    queue_url,
    resource_name,
    role_arn,
    table_arn,
    topic_arn,
)

_PSEUDO = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::StackName": STACK,
    "AWS::URLSuffix": "amazonaws.com",
}
_REFERENCE = re.compile(r"\$\{([^!}][^}]*)\}")
_NOTHING = object()
"""What ``AWS::NoValue`` resolves to: the entry with this value is left out."""

_REFS: dict[str, Callable[[str], str]] = {
    "AWS::SQS::Queue": queue_url,
    "AWS::S3::Bucket": bucket_name,
    "AWS::SNS::Topic": topic_arn,
    "AWS::Cognito::UserPool": lambda logical_id: f"{REGION}_{logical_id}",
    "AWS::Cognito::UserPoolClient": lambda logical_id: f"local{logical_id.lower()}",
}
_ARNS: dict[str, Callable[[str], str]] = {
    "AWS::SQS::Queue": queue_arn,
    "AWS::S3::Bucket": lambda logical_id: f"arn:aws:s3:::{bucket_name(logical_id)}",
    "AWS::DynamoDB::Table": table_arn,
    "AWS::Serverless::Function": function_arn,
    "AWS::IAM::Role": role_arn,
}


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves values of one template. ``parameters`` has the value of every parameter."""

    resources: Mapping[str, Data]
    conditions: Mapping[str, Data]
    parameters: Mapping[str, Data] = field(default_factory=dict)

    def resolve(self, value: Data) -> Data:
        """``value`` with every intrinsic function in it resolved.

        Raises TemplateError for an unknown function, attribute or reference.
        """
        resolved = self._resolve(value)
        return None if resolved is _NOTHING else resolved  # type: ignore[return-value]

    def holds(self, condition: Data) -> bool:
        """Is a condition true? It is given by its name or written out."""
        if isinstance(condition, str):
            return self.holds(self.conditions[condition])
        [(function, argument)] = mapping(condition).items()
        match function:
            case "Condition":
                return self.holds(text(argument))
            case "Fn::Not":
                return not self.holds(sequence(argument)[0])
            case "Fn::And":
                return all(self.holds(each) for each in sequence(argument))
            case "Fn::Or":
                return any(self.holds(each) for each in sequence(argument))
            case "Fn::Equals":
                left, right = (str(self.resolve(each)) for each in sequence(argument))
                return left == right
            case _:
                raise TemplateError(f"condition with {function}")

    def _resolve(self, value: Data) -> object:
        match value:
            case dict() if len(value) == 1 and (name := next(iter(value))).startswith("Fn::"):
                return self._function(name, value[name])
            case {"Ref": str(name), **others} if not others:
                return self._ref(name)
            case dict():
                pairs = {key: self._resolve(each) for key, each in value.items()}
                return {key: each for key, each in pairs.items() if each is not _NOTHING}
            case list():
                return [each for item in value if (each := self._resolve(item)) is not _NOTHING]
            case _:
                return value

    def _function(self, name: str, argument: Data) -> object:
        match name:
            case "Fn::GetAtt":
                resource, attribute = (text(part) for part in sequence(argument))
                return self._attribute(resource, attribute)
            case "Fn::Sub":
                return _REFERENCE.sub(self._substitute, text(argument))
            case "Fn::Join":
                glue, parts = sequence(argument)
                return text(glue).join(str(part) for part in sequence(self.resolve(parts)))
            case "Fn::Split":
                glue, whole = sequence(argument)
                return list(text(self.resolve(whole)).split(text(glue)))
            case "Fn::If":
                condition, then, otherwise = sequence(argument)
                return self._resolve(then if self.holds(condition) else otherwise)
            case _:
                raise TemplateError(f"intrinsic function {name}")

    def _substitute(self, found: re.Match[str]) -> str:
        resource, _, attribute = found.group(1).partition(".")
        return self._attribute(resource, attribute) if attribute else str(self._ref(resource))

    def _ref(self, name: str) -> object:
        if name == "AWS::NoValue":
            return _NOTHING
        if name in _PSEUDO:
            return _PSEUDO[name]
        if name in self.parameters:
            return self.parameters[name]
        make = _REFS.get(self._type_of(name))
        return make(name) if make else resource_name(name)

    def _attribute(self, name: str, attribute: str) -> str:
        kind = self._type_of(name)
        if attribute == "Arn":
            make = _ARNS.get(kind)
            return make(name) if make else f"arn:aws:local:{REGION}:{ACCOUNT}:{STACK}-{name}"
        if attribute == "RegionalDomainName" and kind == "AWS::S3::Bucket":
            return f"{bucket_name(name)}.s3.{REGION}.amazonaws.com"
        if attribute == "QueueName" and kind == "AWS::SQS::Queue":
            return resource_name(name)
        raise TemplateError(f"attribute {attribute} of {name} ({kind})")

    def _type_of(self, name: str) -> str:
        if name not in self.resources:
            raise TemplateError(f"reference to {name}, which is neither a resource nor a parameter")
        return text(mapping(self.resources[name])["Type"])
