"""What policies allow and deny: actions on resources, under the conditions that are known here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

from local.template.data import Data, TemplateError, mapping, sequence, text

type Facts = Mapping[str, Sequence[str]]
"""What is known of a call: condition key → its values, none when the call has no such thing."""

FACTS = (
    "aws:SecureTransport",
    "dynamodb:LeadingKeys",
    "s3:ObjectCreationOperation",
    "s3:if-none-match",
)
"""The condition keys that the local mode knows. A Deny with another is refused; an Allow with
another is taken to hold."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that a function makes: an action on a resource, given by its ARN."""

    action: str
    resource: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a condition: an operator, a key and the values it is compared to."""

    operator: str
    key: str
    values: tuple[str, ...]

    def holds(self, facts: Facts) -> bool:
        """Does it hold for a call with these facts?"""
        given = facts.get(self.key, ())
        match self.operator:
            case "Null":
                return str(not given).lower() in self.values
            case "Bool":
                return any(value in self.values for value in given)
            case "ForAnyValue:StringLike":
                return any(fnmatchcase(value, like) for value in given for like in self.values)
            case "ForAllValues:StringLike":
                return all(any(fnmatchcase(value, like) for like in self.values) for value in given)
            case _:
                raise TemplateError(f"condition {self.operator} of {self.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Actions on resources, whose ARNs may contain wildcards; or on all but some resources."""

    effect: Literal["Allow", "Deny"]
    actions: frozenset[str]
    resources: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def covers(self, call: Call) -> bool:
        """Does it speak of this call?"""
        return (
            any(fnmatchcase(call.action, action) for action in self.actions)
            and self._names(call.resource)
            and all(condition.holds(call.facts) for condition in self.conditions)
        )

    def _names(self, resource: str) -> bool:
        if self.other_than:
            return not any(fnmatchcase(resource, pattern) for pattern in self.other_than)
        return any(fnmatchcase(resource, pattern) for pattern in self.resources)


def is_allowed(call: Call, statements: Iterable[Statement]) -> bool:
    """Is a call allowed by one statement at least, and denied by none?"""
    effects = {statement.effect for statement in statements if statement.covers(call)}
    return effects == {"Allow"}


def statements_of(policy: dict[str, Data]) -> Iterator[Statement]:
    """The statements of a policy document."""
    for statement in map(mapping, sequence(policy["Statement"])):
        effect = text(statement["Effect"])
        conditions = tuple(_conditions(mapping(statement.get("Condition", {}))))
        unknown = [condition.key for condition in conditions if condition.key not in FACTS]
        if effect == "Deny" and unknown:
            raise TemplateError(f"a Deny with the condition {', '.join(unknown)}")
        yield Statement(
            effect="Deny" if effect == "Deny" else "Allow",
            actions=frozenset(_texts(statement["Action"])),
            resources=_texts(statement.get("Resource", [])),
            other_than=_texts(statement.get("NotResource", [])),
            conditions=tuple(each for each in conditions if each.key in FACTS),
        )


def _conditions(declared: dict[str, Data]) -> Iterator[Condition]:
    for operator, keys in declared.items():
        for key, values in mapping(keys).items():
            yield Condition(operator, key, _texts(values))


def _texts(value: Data) -> tuple[str, ...]:
    return tuple(text(each) for each in (value if isinstance(value, list) else [value]))
