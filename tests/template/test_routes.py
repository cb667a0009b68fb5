"""The template's routes are the routes of the functions."""

import importlib

import pytest

from local.template.data import mapping, text
from tests.template.declared import events, functions

API = {function for function, _ in events("HttpApi")} - {"ConsoleFunction"}


@pytest.mark.parametrize("function", sorted(API))
def test_template_declares_exactly_the_routes_of_a_function(function: str) -> None:
    folder = text(functions()[function]["CodeUri"]).replace("/", ".")
    app = importlib.import_module(f"{folder}.handler").app

    declared = {
        (
            text(event["Method"]),
            text(event["Path"]),
            mapping(event.get("Auth", {})).get("Authorizer") == "NONE",
        )
        for owner, event in events("HttpApi")
        if owner == function
    }

    assert declared == {(route.method, route.path, route.public) for route in app.routes}


def test_the_console_gets_what_no_other_function_answers() -> None:
    declared = {
        (text(event["Method"]), text(event["Path"]))
        for owner, event in events("HttpApi")
        if owner == "ConsoleFunction"
    }

    assert declared == {("ANY", "/"), ("ANY", "/{proxy+}")}
