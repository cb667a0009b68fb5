"""What the policies of a function allow: actions on resources, without conditions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from local.template.data import Data, mapping, sequence, text


@dataclass(frozen=True, slots=True)
class Statement:
    """Actions that are allowed on resources, whose ARNs may contain wildcards."""

    actions: frozenset[str]
    resources: tuple[str, ...]

    def allows(self, action: str, resource: str) -> bool:
        """Is the action allowed on a resource, given by its ARN?"""
        return action in self.actions and any(
            fnmatchcase(resource, pattern) for pattern in self.resources
        )


def statements_of(policies: Iterable[dict[str, Data]]) -> Iterator[Statement]:
    """The statements of a function's policies; every effect is taken to be Allow."""
    for policy in policies:
        for statement in map(mapping, sequence(policy["Statement"])):
            actions, resources = (
                [text(each) for each in (value if isinstance(value, list) else [value])]
                for value in (statement["Action"], statement["Resource"])
            )
            yield Statement(frozenset(actions), tuple(resources))
