"""Deploy an environment: ask for missing parameters, run `sam deploy`, set the console's address.

The sign-in client needs the address of the API, which exists only after a deployment. A reference
in the template would be circular (API → sign-in client → API), so the address is a parameter, and
the stack is deployed a second time when it has changed. Run as ``python -m scripts.deploy``.
"""

import subprocess
import sys
from dataclasses import replace

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError

from scripts.environments import Environment, read_environment, write_environment
from scripts.stack import CloudFormationStack, Stack, StackError

SENDERS = {
    "SenderDomain": "Domain to send from (empty: only identities that SES has already)",
    "ExistingIdentityArns": "ARNs of SES identities to send from as well, separated by commas",
}
"""Parameters of which one at least must be given."""


def complete(environment: Environment) -> Environment:
    """The environment with what a first deployment needs; asks the operator for what is missing."""
    if environment.region:
        return environment
    default = boto3.Session().region_name or "eu-west-3"
    region = typer.prompt("AWS region (SES must be there)", default=default)
    given = {"AlarmEmail": typer.prompt("Address that alarms are sent to")}
    while given.keys().isdisjoint(SENDERS):
        for name, question in SENDERS.items():
            answer = typer.prompt(question, default="", show_default=False).strip()
            if answer:
                given[name] = answer
    return replace(environment, region=region, parameters=environment.parameters | given)


def find_new_address(environment: Environment, stack: Stack) -> str | None:
    """The address of the API, if the sign-in client does not have it yet.

    None also if the environment sets ConsoleUrl: the console has an address of its own.
    """
    address = stack.output("ApiUrl")
    is_set = stack.parameter("ConsoleUrl") == address
    return None if is_set or "ConsoleUrl" in environment.parameters else address


def sam_deploy(environment: Environment, *options: str) -> None:
    """Run ``sam deploy`` for an environment; raises CalledProcessError when it fails."""
    command = ["sam", "deploy", "--config-env", environment.name, *options]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments


def main(environment: str = "default") -> None:
    """Deploy, and again if the API's address is new; then only the sign-in client changes."""
    known = complete(read_environment(environment))
    write_environment(known)
    sam_deploy(known)
    stack = CloudFormationStack(
        known.stack, boto3.client("cloudformation", region_name=known.region)
    )
    if address := find_new_address(known, stack):
        # Parameters that are not named keep the value they have in the stack.
        change = ["--no-confirm-changeset", "--parameter-overrides", f"ConsoleUrl={address}"]
        sam_deploy(known, *change)
    typer.echo(f"\nThe API is at {stack.output('ApiUrl')}.")
    typer.echo("`make domain` shows the DNS records to create.")


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    try:
        app()
    except (BotoCoreError, ClientError, StackError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
