"""Validators for pydantic fields that report problems with the project's own codes."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import AfterValidator, Field

from facteur.domain.errors import Problem


class RefusedValueError(ValueError):
    """Raised by validators, with the problems of one value; ``field`` names a part of it, or is
    empty."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("refused")
        self.problems = tuple(problems)


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raise RefusedValueError when there are ``problems``; for use in validators."""
    if problems:
        raise RefusedValueError(problems)


def matching(pattern: str, code: str, *, flags: re.RegexFlag = re.ASCII) -> tuple[Any, Any]:
    r"""Metadata of a text field: all of it must match ``pattern``, else it has problem ``code``.

    The JSON schema names the pattern. By default ``\d`` matches 0 to 9 only, as in JSON schema.
    """
    return AfterValidator(_matches(re.compile(pattern, flags), code)), Field(
        json_schema_extra={"pattern": pattern}
    )


def _matches(pattern: re.Pattern[str], code: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        refuse_if([] if pattern.fullmatch(value) else [Problem("", code)])
        return value

    return check
