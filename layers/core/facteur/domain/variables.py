"""Variables in subjects and bodies: one pass over an allow-list, never a template engine."""

import re
from collections.abc import Mapping

from facteur.domain.errors import Problem

VARIABLES = ("document_name", "document_number", "date")
"""The names that may be used between braces."""

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def check_variables(text: str, *, field: str) -> list[Problem]:
    """Every unknown ``{name}`` and unbalanced brace of ``text``."""
    problems: list[Problem] = []
    for token in _TOKEN.finditer(text):
        name = token.group(1)
        if name is not None and name not in VARIABLES:
            known = ", ".join(f"{{{variable}}}" for variable in VARIABLES)
            problems.append(Problem(field, "unknown_variable", {"name": name, "known": known}))
        elif token.group() in ("{", "}"):
            problems.append(Problem(field, "unbalanced_brace", {"position": token.start() + 1}))
    return problems


def replace_variables(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its variables replaced by ``values`` and doubled braces made single.

    ``text`` has passed ``check_variables``. Values are inserted as they are: a brace in a value is
    not interpreted.
    """

    def replacement(token: re.Match[str]) -> str:
        name = token.group(1)
        return values[name] if name is not None else token.group()[0]

    return _TOKEN.sub(replacement, text)


def escape_braces(text: str) -> str:
    """``text`` with its braces doubled, so that ``replace_variables`` returns it unchanged."""
    return text.replace("{", "{{").replace("}", "}}")
