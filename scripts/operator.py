"""An operator's work on the organizations, people and host applications of one stack."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ulid import ULID

from facteur.adapters.dynamodb import keys
from facteur.adapters.dynamodb.expression import Delete
from facteur.adapters.dynamodb.operators import write_client, write_role
from facteur.adapters.dynamodb.table import Table
from facteur.domain.identity import Caller, OrgId, UserId, UserRole
from scripts.accounts import Accounts
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
        self.session = session
        self._dynamodb: DynamoDBClient = session.client("dynamodb")
        self._ses: SESV2Client = session.client("sesv2")

    def add_organization(
        self, name: str, *, email: str, sender: str = "", domain: str = "", exclusive: bool = False
    ) -> OrgId:
        """Add an organization that sends from a domain, and invite its administrator.

        ``domain`` is that of the stack by default; if ``exclusive``, no other organization may have
        it. ``sender`` is the From address of people whose own may not be used; facteur@
        of the domain by default.
        """
        people = self._people()
        people.require_roles()
        if people.find(email) is not None:
            raise StackError(f"{email} signs in already")
        organization = OrgId(str(ULID()))
        domain = domain.lower()
        if domain:
            self._ensure_verified(domain)
        self._ensure_of_no_other(sender, organization)
        self._accounts().create(
            organization,
            name,
            domain=domain or self.stack.outputs().get("SenderDomain", ""),
            sender=sender,
            exclusive=exclusive,
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

    def add_sender_domain(self, domain: str, *, colleague: str, exclusive: bool = False) -> None:
        """Let the organization of ``colleague`` send from a domain that SES has verified, alone or
        with others."""
        domain = domain.lower()
        self._ensure_verified(domain)
        self._accounts().add_domain(self._of(colleague), domain, exclusive=exclusive)

    def remove_sender_domain(self, domain: str, *, colleague: str) -> None:
        """Take a domain from the organization of ``colleague``."""
        self._accounts().remove_domain(self._of(colleague), domain.lower())

    def add_sender_address(self, address: str, *, colleague: str) -> None:
        """Let the organization of ``colleague`` send from an address of a domain that it shares."""
        organization = self._of(colleague)
        self._ensure_of_no_other(address, organization)
        self._accounts().add_address(organization, address)

    def remove_sender_address(self, address: str, *, colleague: str) -> None:
        """Take a single sender address from the organization of ``colleague``."""
        self._accounts().remove_address(self._of(colleague), address)

    def set_limit(self, email: str, messages_per_day: int) -> None:
        """Set how many messages the organization of ``email`` may send in a day."""
        self._accounts().set_limit(self._of(email), messages_per_day)

    def suspend(self, email: str) -> OrgId:
        """Stop everything that the organization of ``email`` mails."""
        organization = self._of(email)
        self._accounts().suspend(organization)
        return organization

    def unsuspend(self, email: str) -> int:
        """Let it mail again; returns how many Sends were stopped and now go on."""
        return self._accounts().unsuspend(self._of(email))

    def domain_status(self, domain: str) -> DomainStatus:
        """The present status of a domain. Raises StackError for one that SES does not know."""
        identity = self._identity(domain)
        return DomainStatus(
            verified=identity["VerifiedForSendingStatus"],
            dkim=identity["DkimAttributes"]["Status"],
            mail_from=identity["MailFromAttributes"]["MailFromDomainStatus"],
            in_sandbox=not self._ses.get_account()["ProductionAccessEnabled"],
        )

    def _of(self, email: str) -> OrgId:
        return OrgId(self._people().get(email).organization)

    def _ensure_verified(self, domain: str) -> None:
        if not self._identity(domain)["VerifiedForSendingStatus"]:
            raise StackError(f"SES has not verified {domain} in this account and region")

    def _ensure_of_no_other(self, address: str, organization: OrgId) -> None:
        """Raise StackError when somebody of another organization signs in with ``address``."""
        person = self._people().find(address) if address else None
        if person is not None and person.organization != organization:
            raise StackError(f"{address} is somebody of organization {person.organization}")

    def _accounts(self) -> Accounts:
        return Accounts(self._dynamodb, self._table_name())

    def _identity(self, domain: str) -> "GetEmailIdentityResponseTypeDef":
        try:
            return self._ses.get_email_identity(EmailIdentity=domain)
        except self._ses.exceptions.NotFoundException as error:
            raise StackError(f"SES does not know {domain} in this account and region") from error

    def _people(self) -> People:
        return People(self.session.client("cognito-idp"), self.stack.output("UserPoolId"))

    def _table_name(self) -> str:
        return self.stack.output("TableName")

    def _clients(self) -> list[str]:
        return [each for each in self.stack.parameter(CLIENTS).split(",") if each]
