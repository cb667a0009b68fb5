"""The commands of operators on a deployed stack; ``make help`` lists the targets that run them."""

import json
import sys
from pathlib import Path

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError

from facteur.domain.address import parse_address
from facteur.domain.identity import API_SCOPE, UserRole
from scripts.environments import read_environment
from scripts.forgetting.build import Forgetting, forgetting
from scripts.operator import Operator
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
def organization(
    context: typer.Context,
    name: str = "",
    email: str = "",
    domain: str = "",
    exclusive: str = "",
) -> None:
    """Add an organization and invite its first user, an administrator."""
    made = _operator(context).add_organization(
        _given(name),
        email=_given(email),
        domain=domain.strip(),
        exclusive=bool(exclusive.strip()),
    )
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
def sender_domain(
    context: typer.Context, domain: str = "", colleague: str = "", exclusive: str = ""
) -> None:
    """Let an organization send from a domain that SES has verified."""
    alone = bool(exclusive.strip())
    _operator(context).add_sender_domain(
        _given(domain), colleague=_given(colleague), exclusive=alone
    )
    addresses = "any address" if alone else "its people's own addresses and those it is given"
    typer.echo(f"The organization of {colleague} may send from {domain}: {addresses}.")


@app.command()
def remove_sender_domain(context: typer.Context, domain: str = "", colleague: str = "") -> None:
    """Take a domain from an organization."""
    _operator(context).remove_sender_domain(_given(domain), colleague=_given(colleague))
    typer.echo(f"The organization of {colleague} sends from {domain} no more.")


@app.command()
def sender_address(context: typer.Context, address: str = "", colleague: str = "") -> None:
    """Let an organization send from an address of a domain that it shares."""
    _operator(context).add_sender_address(_given(address), colleague=_given(colleague))
    typer.echo(f"The organization of {colleague} may send from {address}.")


@app.command()
def remove_sender_address(context: typer.Context, address: str = "", colleague: str = "") -> None:
    """Take a single sender address from an organization."""
    _operator(context).remove_sender_address(_given(address), colleague=_given(colleague))
    typer.echo(f"The organization of {colleague} sends from {address} no more.")


@app.command()
def limit(context: typer.Context, email: str = "", messages: str = "") -> None:
    """Set how many messages an organization may send in a day."""
    if not (figure := _given(messages)).isdecimal():
        raise StackError(f"{messages} is not a number of messages")
    _operator(context).set_limit(_given(email), int(figure))
    typer.echo(f"The organization of {email} may send {figure} messages a day (UTC).")


@app.command()
def suspend(context: typer.Context, email: str = "") -> None:
    """Stop everything that an organization mails."""
    organization = _operator(context).suspend(_given(email))
    typer.echo(f"Organization {organization}, of {email}, mails nothing more within a minute.")


@app.command()
def unsuspend(context: typer.Context, email: str = "") -> None:
    """Let an organization mail again."""
    released = _operator(context).unsuspend(_given(email))
    typer.echo(f"The organization of {email} mails again; Sends that go on: {released}.")


@app.command()
def forget(
    context: typer.Context,
    address: str = "",
    user: str = "",
    names: str = "",
    delete_pdfs: str = "",
) -> None:
    """Forget a person in every organization; run it again when it was interrupted."""
    if bool(address.strip()) == bool(user.strip()):
        raise StackError("give ADDRESS= of a recipient, or USER= of somebody who signs in")
    report = _forgetting(context).forget.forget(
        _address(user or address),
        is_user=bool(user.strip()),
        names=_names(names),
        delete_pdfs=delete_pdfs == "1",
    )
    for line in report.lines():
        typer.echo(line)


@app.command()
def export(context: typer.Context, address: str = "", names: str = "", file: str = "") -> None:
    """Write what is known of a person to a file."""
    known = _forgetting(context).export.export(_address(address), names=_names(names))
    target = Path(_given(file))
    target.touch()
    target.chmod(0o600)
    target.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n")
    typer.echo(f"Written to {target}. Delete it once the person has it.")


def _forgetting(context: typer.Context) -> Forgetting:
    operator = _operator(context)
    return forgetting(operator.stack, operator.session)


def _address(value: str) -> str:
    parsed, _ = parse_address(_given(value), field="")
    if parsed is None:
        raise StackError(f"{value} is not an address")
    return parsed


def _names(value: str) -> tuple[str, ...]:
    """Full names, separated by commas."""
    return tuple(name.strip() for name in value.split(",") if name.strip())


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
