"""The web console in the local mode: the deployed function, configured to sign in locally."""

from collections.abc import Mapping
from dataclasses import replace

from local.template.stack import Function

_LOCAL = {
    "CONSOLE_CONFIG": '{"mode": "local"}',
    # Links to the archive lead to this very server.
    "ARCHIVE_ORIGIN": "",
    "SIGN_IN_ORIGINS": "",
}


def with_local_console(functions: Mapping[str, Function]) -> dict[str, Function]:
    """The functions, with the environment of the console's set for the local mode."""
    return {
        name: replace(function, environment={**function.environment, **_LOCAL})
        if "CONSOLE_CONFIG" in function.environment
        else function
        for name, function in functions.items()
    }


def is_console_built(functions: Mapping[str, Function]) -> bool:
    """Has the console been built? Without Node it is not, and ``/`` shows a page of our own."""
    return any(
        "CONSOLE_CONFIG" in function.environment
        and (function.folder / "dist" / "index.html").is_file()
        for function in functions.values()
    )
