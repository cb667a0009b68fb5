"""The API that is deployed is the API that the functions answer."""

import importlib

import pytest

from local.template.data import mapping, text
from tests.template.declared import events, functions

API = {function for function, _ in events("HttpApi")} - {"ConsoleFunction"}


@pytest.mark.parametrize("function", sorted(API))
def test_a_function_is_asked_exactly_for_the_routes_it_answers(function: str) -> None:
    folder = text(functions()[function]["CodeUri"]).replace("/", ".")
    app = importlib.import_module(f"{folder}.handler").app

    asked = {
        (
            text(event["Method"]),
            text(event["Path"]),
            mapping(event.get("Auth", {})).get("Authorizer") == "NONE",
        )
        for owner, event in events("HttpApi")
        if owner == function
    }

    assert asked == {(route.method, route.path, route.public) for route in app.routes}


def test_the_console_gets_what_no_other_function_answers() -> None:
    asked = {
        (text(event["Method"]), text(event["Path"]))
        for owner, event in events("HttpApi")
        if owner == "ConsoleFunction"
    }

    assert asked == {("ANY", "/"), ("ANY", "/{proxy+}")}
