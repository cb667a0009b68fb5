"""The description that is checked in is that of the code."""

import json

from scripts.openapi import FILE, ROOT, description, document
from tests.functions.calling import Api, event


def test_checked_in_description_does_not_drift() -> None:
    checked_in = FILE.read_text("utf-8")

    assert checked_in == description()


def test_docs_lead_to_the_one_file_that_deploys() -> None:
    assert (ROOT / "docs" / "openapi.json").resolve() == FILE
    assert not FILE.is_symlink()


def test_description_is_served_to_anybody(api: Api) -> None:
    answer = api.handle(event("settings_openapi"))

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json["openapi"] == "3.1.0"


def test_every_reference_of_the_description_leads_somewhere_and_no_schema_is_left_over() -> None:
    described = document()
    known = described["components"]["schemas"].keys()

    wanted = {
        part.split('"', 1)[0] for part in json.dumps(described).split('"#/components/schemas/')[1:]
    }

    assert wanted == known


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does() -> None:
    operations = [operation for path in document()["paths"].values() for operation in path.values()]

    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(operation["summary"].endswith(".") for operation in operations)


def test_every_operation_with_json_shows_an_example() -> None:
    lacking = [
        operation["operationId"]
        for path in document()["paths"].values()
        for operation in path.values()
        for message in (operation.get("requestBody", {}), *operation["responses"].values())
        for content in [message.get("content", {}).get("application/json")]
        if content is not None and "examples" not in content
    ]

    assert lacking == ["get_description"]


def test_errors_are_described_once() -> None:
    responses = [
        response
        for path in document()["paths"].values()
        for operation in path.values()
        for status, response in operation["responses"].items()
        if status > "399"
    ]

    assert all(response.keys() == {"$ref"} for response in responses)


def test_no_two_schemas_have_the_same_title() -> None:
    """Generators name types by titles, where there are some, and drop the second of a name."""
    schemas = document()["components"]["schemas"]
    titles = [schema["title"] for schema in schemas.values() if "title" in schema]

    assert len(titles) == len(set(titles))
