"""An operator's work on the organizations, people and host applications of one stack."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ulid import ULID

from facteur.adapters.dynamodb import keys
from facteur.adapters.dynamodb.expression import Delete
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.operators import write_client, write_organization, write_role
from facteur.adapters.dynamodb.settings import DynamoSettings
from facteur.adapters.dynamodb.table import Table
from facteur.domain.identity import Caller, OrgId, UserId, UserRole
from scripts.people import ClientSecret, People
from scripts.stack import Stack, StackError

if TYPE_CHECKING:
    import boto3
    from types_boto3_dynamodb.client import DynamoDBClient
    from types_boto3_sesv2.client import SESV2Client
    from types_boto3_sesv2.type_defs import GetEmailIdentityResponseTypeDef

CLIENTS = "HostClientIds"
"""The template's parameter that lists the host applications whose tokens the API accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainStatus:
    """The status of a domain and of the account; ``dkim`` and ``mail_from`` are SES's values."""

    verified: bool
    dkim: str
    mail_from: str
    in_sandbox: bool


class Operator:
    """The changes that somebody with the credentials of the stack's AWS account can make."""

    def __init__(self, stack: Stack, session: "boto3.Session") -> None:
        self.stack = stack
        self._session = session
        self._dynamodb: DynamoDBClient = session.client("dynamodb")
        self._ses: SESV2Client = session.client("sesv2")

    def add_organization(self, name: str, *, email: str, sender: str = "") -> OrgId:
        """Add an organization that sends from the stack's domain, and invite its administrator.

        ``sender`` is the From address of people whose own address is in no verified domain; by
        default facteur@ of the stack's domain.
        """
        people = self._people()
        people.require_roles()
        if people.find(email) is not None:
            raise StackError(f"{email} signs in already")
        organization = OrgId(str(ULID()))
        domain = self.stack.outputs().get("SenderDomain")
        write_organization(
            self._dynamodb,
            self._table_name(),
            organization,
            name=name,
            sender_domains=[domain] if domain else [],
            default_sender=sender or (f"facteur@{domain}" if domain else ""),
        )
        people.invite(email, organization=organization, role=UserRole.ADMIN)
        return organization

    def add_user(self, email: str, *, colleague: str, role: UserRole) -> OrgId:
        """Invite somebody to the organization of ``colleague``."""
        people = self._people()
        people.require_roles()
        organization = people.get(colleague).organization
        people.invite(email, organization=organization, role=role)
        return OrgId(organization)

    def set_role(self, email: str, role: UserRole) -> None:
        """Change what a person may do, from their next token on: within the hour.

        Raises StackError when nobody would administer the organization any more.
        """
        people = self._people()
        people.require_roles()
        person = people.get(email)
        administrators = set(people.list_administrators(person.organization))
        if role is not UserRole.ADMIN and administrators == {person.email}:
            raise StackError(
                f"{email} is the only administrator of organization {person.organization}:"
                " make somebody else one first"
            )
        people.set_role(email, role)
        organization, user = OrgId(person.organization), UserId(person.id)
        write_role(self._dynamodb, self._table_name(), organization, user, role)

    def add_client(self, name: str, *, acts_as: str) -> ClientSecret:
        """Give a host application access, acting as the person ``acts_as``. Takes some minutes."""
        person = self._people().get(acts_as)
        made = self._people().add_client(name)
        caller = Caller(
            organization=OrgId(person.organization),
            user=UserId(person.id),
            email=person.email,
            name=person.name or person.email,
        )
        write_client(self._dynamodb, self._table_name(), made.id, caller)
        self.stack.set_parameter(CLIENTS, ",".join([*self._clients(), made.id]))
        return made

    def remove_client(self, client: str) -> None:
        """Take the access of a host application away; its unexpired tokens fail at once too."""
        Table(self._dynamodb, self._table_name()).write(Delete(key=keys.client(client)))
        self._people().remove_client(client)
        left = [known for known in self._clients() if known != client]
        self.stack.set_parameter(CLIENTS, ",".join(left))

    def add_sender_domain(self, domain: str, *, colleague: str) -> None:
        """Let the organization of ``colleague`` send from a domain that SES has verified."""
        if not self._identity(domain)["VerifiedForSendingStatus"]:
            raise StackError(f"SES has not verified {domain} in this account and region")
        organization = OrgId(self._people().get(colleague).organization)
        table = Table(self._dynamodb, self._table_name())
        settings = DynamoSettings(table, Keys(organization)).find_settings()
        if settings is None:
            raise StackError(f"no settings of organization {organization}")
        write_organization(
            self._dynamodb,
            self._table_name(),
            organization,
            name=settings.name,
            sender_domains=sorted({*settings.sender_domains, domain}),
            default_sender=settings.default_sender or f"facteur@{domain}",
        )

    def domain_status(self, domain: str) -> DomainStatus:
        """The present status of a domain. Raises StackError for one that SES does not know."""
        identity = self._identity(domain)
        return DomainStatus(
            verified=identity["VerifiedForSendingStatus"],
            dkim=identity["DkimAttributes"]["Status"],
            mail_from=identity["MailFromAttributes"]["MailFromDomainStatus"],
            in_sandbox=not self._ses.get_account()["ProductionAccessEnabled"],
        )

    def _identity(self, domain: str) -> "GetEmailIdentityResponseTypeDef":
        try:
            return self._ses.get_email_identity(EmailIdentity=domain)
        except self._ses.exceptions.NotFoundException as error:
            raise StackError(f"SES does not know {domain} in this account and region") from error

    def _people(self) -> People:
        return People(self._session.client("cognito-idp"), self.stack.output("UserPoolId"))

    def _table_name(self) -> str:
        return self.stack.output("TableName")

    def _clients(self) -> list[str]:
        return [each for each in self.stack.parameter(CLIENTS).split(",") if each]
