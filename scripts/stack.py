"""A deployed stack: its outputs and its parameters."""

from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError, WaiterError

if TYPE_CHECKING:
    # The stubs of boto3 that aws-sam-cli brings know this service, and win over types-boto3.
    from mypy_boto3_cloudformation.client import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef


class StackError(Exception):
    """A stack without what a command needs; the message says what to do."""


class Stack(Protocol):
    """A deployed stack."""

    def output(self, key: str) -> str:
        """The value of an output. Raises StackError when there is none."""

    def outputs(self) -> dict[str, str]:
        """All outputs by name."""

    def parameter(self, key: str) -> str:
        """The value of a parameter, "" when the stack does not have it."""

    def set_parameter(self, key: str, value: str) -> None:
        """Change one parameter of the deployed stack and wait for the update to finish.

        Raises StackError when the update fails.
        """


class CloudFormationStack:
    """The stack on CloudFormation, read again at each call."""

    def __init__(self, name: str, client: "CloudFormationClient") -> None:
        self._client = client
        self.name = name

    def output(self, key: str) -> str:
        value = self.outputs().get(key)
        if value is None:
            raise StackError(f"stack {self.name} has no output {key}: run `make deploy`")
        return value

    def outputs(self) -> dict[str, str]:
        outputs = self._describe().get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    def parameter(self, key: str) -> str:
        return self._parameters().get(key, "")

    def set_parameter(self, key: str, value: str) -> None:
        if self.parameter(key) == value:
            return
        kept: list[ParameterTypeDef] = [
            {"ParameterKey": other, "UsePreviousValue": True}
            for other in self._parameters()
            if other != key
        ]
        self._client.update_stack(
            StackName=self.name,
            UsePreviousTemplate=True,
            Parameters=[*kept, {"ParameterKey": key, "ParameterValue": value}],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        try:
            self._client.get_waiter("stack_update_complete").wait(
                StackName=self.name, WaiterConfig={"Delay": 5, "MaxAttempts": 240}
            )
        except WaiterError as error:
            raise StackError(f"stack {self.name} did not accept its new {key}") from error

    def _parameters(self) -> dict[str, str]:
        parameters = self._describe().get("Parameters", [])
        return {each["ParameterKey"]: each["ParameterValue"] for each in parameters}

    def _describe(self) -> "StackTypeDef":
        try:
            return self._client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            raise StackError(f"no stack {self.name}: run `make deploy` ({error})") from error
