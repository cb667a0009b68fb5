"""Policies of functions, as far as they matter here: what is allowed on what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from local.intrinsics import mapping, sequence, text
from local.template import Data


@dataclass(frozen=True, slots=True)
class Statement:
    """Actions that are allowed on resources; these may hold wildcards."""

    actions: frozenset[str]
    resources: tuple[str, ...]

    def allows(self, action: str, resource: str) -> bool:
        """Is the action allowed on a resource, by its ARN?"""
        return action in self.actions and any(
            fnmatchcase(resource, pattern) for pattern in self.resources
        )


def statements_of(policies: Iterable[dict[str, Data]]) -> Iterator[Statement]:
    """The statements of a function's policies, all of which allow."""
    for policy in policies:
        for statement in map(mapping, sequence(policy["Statement"])):
            actions, resources = (
                [text(each) for each in (value if isinstance(value, list) else [value])]
                for value in (statement["Action"], statement["Resource"])
            )
            yield Statement(frozenset(actions), tuple(resources))
