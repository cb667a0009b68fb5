"""The commands of operators on a deployed stack; ``make help`` lists the targets that run them."""

import sys

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError

from facteur.domain.identity import UserRole
from scripts.environments import read_environment
from scripts.operator import Operator
from scripts.people import API_SCOPE
from scripts.stack import CloudFormationStack, StackError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def connect(context: typer.Context, environment: str = "default") -> None:
    """Choose the stack: an environment of samconfig.toml."""
    known = read_environment(environment)
    if not known.region:
        raise StackError(f"environment {environment} was never deployed: run `make deploy`")
    session = boto3.Session(region_name=known.region)
    stack = CloudFormationStack(known.stack, session.client("cloudformation"))
    context.obj = Operator(stack, session)


@app.command()
def domain(context: typer.Context) -> None:
    """Show the DNS records to create, and the domain's status in SES."""
    operator = _operator(context)
    outputs = operator.stack.outputs()
    for key in sorted(key for key in outputs if key.startswith("DnsRecord")):
        typer.echo(outputs[key])
    if (own := outputs.get("SenderDomain")) is None:
        raise StackError("the stack has no domain of its own, only existing identities")
    status = operator.domain_status(own)
    typer.echo(
        f"\nSES may send from it: {'yes' if status.verified else 'not yet'}"
        f" · DKIM: {status.dkim} · MAIL FROM: {status.mail_from}"
    )
    if status.in_sandbox:
        typer.echo("The account is in the SES sandbox: only verified addresses receive.")


@app.command()
def organization(context: typer.Context, name: str = "", email: str = "", sender: str = "") -> None:
    """Add an organization and invite its first user, an administrator."""
    made = _operator(context).add_organization(_given(name), email=_given(email), sender=sender)
    typer.echo(f"Organization {made}. Cognito has mailed {email} a temporary password.")


@app.command()
def user(
    context: typer.Context, email: str = "", colleague: str = "", role: str = UserRole.MEMBER
) -> None:
    """Add somebody to a colleague's organization, as a member or an administrator."""
    given = _role(role)
    joined = _operator(context).add_user(_given(email), colleague=_given(colleague), role=given)
    typer.echo(
        f"{email} joins organization {joined} as {given}: Cognito has mailed a temporary password."
    )


@app.command()
def role(context: typer.Context, email: str = "", role: str = "") -> None:
    """Make somebody an administrator or a member of their organization."""
    given = _role(role)
    _operator(context).set_role(_given(email), given)
    typer.echo(f"{email} is {given} from their next token on: at most an hour, or sign in again.")


@app.command()
def client(context: typer.Context, name: str = "", acts_as: str = "") -> None:
    """Give a host application access, acting as a user. Shows its secret, once."""
    operator = _operator(context)
    made = operator.add_client(_given(name), acts_as=_given(acts_as))
    typer.echo(
        f"client_id      {made.id}\nclient_secret  {made.secret}\n\n"
        f"curl -u client_id:client_secret {operator.stack.output('LoginUrl')}/oauth2/token"
        f" -d grant_type=client_credentials -d scope={API_SCOPE}"
    )


@app.command()
def remove_client(context: typer.Context, client: str = "") -> None:
    """Take the access of a host application away."""
    _operator(context).remove_client(_given(client))
    typer.echo(f"{client} is locked out.")


@app.command()
def sender_domain(context: typer.Context, domain: str = "", colleague: str = "") -> None:
    """Let an organization send from a domain that SES has verified."""
    _operator(context).add_sender_domain(_given(domain), colleague=_given(colleague))
    typer.echo(f"The organization of {colleague} may send from {domain}.")


def _operator(context: typer.Context) -> Operator:
    operator = context.obj
    if not isinstance(operator, Operator):
        raise TypeError(operator)
    return operator


def _role(value: str) -> UserRole:
    try:
        return UserRole(_given(value))
    except ValueError as error:
        raise StackError(f"ROLE is one of: {', '.join(UserRole)}") from error


def _given(value: str) -> str:
    """``value`` stripped. Raises StackError for "", which ``make`` passes for a missing option."""
    if not value.strip():
        raise StackError("something is missing: see `make help` for what to give")
    return value.strip()


if __name__ == "__main__":
    try:
        app()
    except (BotoCoreError, ClientError, StackError) as error:
        sys.exit(str(error))
