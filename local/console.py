"""The web console in the local mode: the function that deploys, told to sign in here."""

from collections.abc import Mapping
from dataclasses import replace

from local.stack import Function

_HERE = {
    "CONSOLE_CONFIG": '{"mode": "local"}',
    # Links to the archive lead to this very server.
    "ARCHIVE_ORIGIN": "",
    "SIGN_IN_ORIGINS": "",
}


def with_local_console(functions: Mapping[str, Function]) -> dict[str, Function]:
    """The functions, with the console's environment made that of the local mode."""
    return {
        name: replace(function, environment={**function.environment, **_HERE})
        if "CONSOLE_CONFIG" in function.environment
        else function
        for name, function in functions.items()
    }


def is_console_built(functions: Mapping[str, Function]) -> bool:
    """Is there a console to serve? Without Node there is none, and ``/`` says what to install."""
    return any(
        "CONSOLE_CONFIG" in function.environment
        and (function.folder / "dist" / "index.html").is_file()
        for function in functions.values()
    )
