"""Reading outputs and parameters of a stack, and changing one parameter."""

from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.stub import Stubber

from scripts.stack import CloudFormationStack, StackError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

DESCRIBED = {
    "StackName": "facteur",
    "CreationTime": "2026-11-24T00:00:00Z",
    "StackStatus": "UPDATE_COMPLETE",
    "Parameters": [
        {"ParameterKey": "HostClientIds", "ParameterValue": "abc"},
        {"ParameterKey": "SenderDomain", "ParameterValue": "example.com"},
    ],
    "Outputs": [{"OutputKey": "ApiUrl", "OutputValue": "https://api.example"}],
}


@pytest.fixture
def cloudformation() -> "Iterator[tuple[CloudFormationStack, Stubber]]":
    client = boto3.client(
        "cloudformation",
        region_name="eu-west-3",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    with Stubber(client) as stubber:
        yield CloudFormationStack("facteur", client), stubber


def describe(stubber: Stubber, times: int, **changes: "Any") -> None:
    for _ in range(times):
        stubber.add_response(
            "describe_stacks", {"Stacks": [DESCRIBED | changes]}, {"StackName": "facteur"}
        )


def test_a_stack_tells_its_outputs_and_parameters(
    cloudformation: tuple[CloudFormationStack, Stubber],
) -> None:
    stack, stubber = cloudformation
    describe(stubber, 3)

    assert stack.output("ApiUrl") == "https://api.example"
    assert stack.parameter("SenderDomain") == "example.com"
    assert stack.parameter("Unknown") == ""


def test_a_changed_parameter_leaves_template_and_other_parameters_as_deployed(
    cloudformation: tuple[CloudFormationStack, Stubber],
) -> None:
    stack, stubber = cloudformation
    describe(stubber, 2)
    stubber.add_response(
        "update_stack",
        {"StackId": "id"},
        {
            "StackName": "facteur",
            "UsePreviousTemplate": True,
            "Parameters": [
                {"ParameterKey": "SenderDomain", "UsePreviousValue": True},
                {"ParameterKey": "HostClientIds", "ParameterValue": "abc,def"},
            ],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        },
    )
    describe(stubber, 1)

    stack.set_parameter("HostClientIds", "abc,def")

    stubber.assert_no_pending_responses()


def test_a_parameter_that_has_its_value_already_updates_nothing(
    cloudformation: tuple[CloudFormationStack, Stubber],
) -> None:
    stack, stubber = cloudformation
    describe(stubber, 1)

    stack.set_parameter("HostClientIds", "abc")

    stubber.assert_no_pending_responses()


def test_a_change_that_is_taken_back_is_reported(
    cloudformation: tuple[CloudFormationStack, Stubber],
) -> None:
    stack, stubber = cloudformation
    describe(stubber, 2)
    stubber.add_response("update_stack", {"StackId": "id"})
    describe(stubber, 1, StackStatus="UPDATE_ROLLBACK_COMPLETE")

    with pytest.raises(StackError, match="did not accept"):
        stack.set_parameter("HostClientIds", "")


def test_a_stack_that_is_not_there_says_what_to_run(
    cloudformation: tuple[CloudFormationStack, Stubber],
) -> None:
    stack, stubber = cloudformation
    stubber.add_client_error("describe_stacks", "ValidationError", "does not exist")

    with pytest.raises(StackError, match="make deploy"):
        stack.output("ApiUrl")
