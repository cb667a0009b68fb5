"""People and host applications in the Cognito user pool of a stack."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from facteur.domain.identity import API_SCOPE, OrgId, UserId, UserRole
from scripts.forgetting.outside import Account
from scripts.stack import StackError

if TYPE_CHECKING:
    from types_boto3_cognito_idp.client import CognitoIdentityProviderClient
    from types_boto3_cognito_idp.type_defs import AttributeTypeTypeDef

ORGANIZATION = "custom:organization"
ADMINISTRATORS = UserRole.ADMIN
"""The group of the pool whose people administer their organization."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A user of the pool; ``id`` is the ``sub`` claim of their tokens."""

    id: str
    organization: str
    email: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSecret:
    """The credentials with which a host application gets tokens."""

    id: str
    secret: str


class People:
    """Finds and adds people and host applications. People cannot sign up by themselves."""

    def __init__(self, cognito: "CognitoIdentityProviderClient", pool: str) -> None:
        self._cognito = cognito
        self._pool = pool

    def find(self, email: str) -> Person | None:
        """The person who signs in with this address."""
        try:
            user = self._cognito.admin_get_user(UserPoolId=self._pool, Username=email)
        except self._cognito.exceptions.UserNotFoundException:
            return None
        attributes = _attributes_of(user["UserAttributes"])
        return Person(
            id=attributes["sub"],
            organization=attributes.get(ORGANIZATION, ""),
            email=attributes["email"],
            name=attributes.get("name", ""),
        )

    def get(self, email: str) -> Person:
        """The same; raises StackError without such a person, or if they have no organization."""
        person = self.find(email)
        if person is None or not person.organization:
            raise StackError(f"nobody of an organization signs in as {email}")
        return person

    def invite(self, email: str, *, organization: str, role: UserRole) -> None:
        """Add a person; Cognito mails them a temporary password. The organization is immutable.

        Raises StackError when somebody signs in with this address already.
        """
        try:
            self._cognito.admin_create_user(
                UserPoolId=self._pool,
                Username=email,
                UserAttributes=[
                    {"Name": "email", "Value": email},
                    # The invitation proves the address: the password is sent only there.
                    {"Name": "email_verified", "Value": "true"},
                    {"Name": ORGANIZATION, "Value": organization},
                ],
                DesiredDeliveryMediums=["EMAIL"],
            )
        except self._cognito.exceptions.UsernameExistsException as error:
            raise StackError(f"{email} signs in already") from error
        self.set_role(email, role)

    def set_role(self, email: str, role: UserRole) -> None:
        """Put a person into the administrators' group, or take them out; again does nothing."""
        change = (
            self._cognito.admin_add_user_to_group
            if role is UserRole.ADMIN
            else self._cognito.admin_remove_user_from_group
        )
        change(UserPoolId=self._pool, Username=email, GroupName=ADMINISTRATORS)

    def list_administrators(self, organization: str) -> Iterator[str]:
        """The addresses of the administrators of an organization."""
        pages = self._cognito.get_paginator("list_users_in_group").paginate(
            UserPoolId=self._pool, GroupName=ADMINISTRATORS
        )
        for user in (user for page in pages for user in page["Users"]):
            attributes = _attributes_of(user.get("Attributes", []))
            if attributes.get(ORGANIZATION) == organization:
                yield attributes["email"]

    def require_roles(self) -> None:
        """Raises StackError for a stack that was deployed by a version without roles."""
        try:
            self._cognito.get_group(UserPoolId=self._pool, GroupName=ADMINISTRATORS)
        except self._cognito.exceptions.ResourceNotFoundException as error:
            raise StackError("the stack knows no roles yet: run `make deploy`") from error

    def find_account(self, email: str) -> Account | None:
        """The account that signs in with an address, also one of no organization."""
        person = self.find(email)
        if person is None:
            return None
        organization = OrgId(person.organization)
        return Account(organization=organization, user=UserId(person.id), name=person.name)

    def lock_out(self, email: str) -> None:
        """Let nobody sign in with an address, and revoke what refreshes tokens; again does
        nothing. A token that was issued before lasts up to an hour."""
        try:
            self._cognito.admin_disable_user(UserPoolId=self._pool, Username=email)
            self._cognito.admin_user_global_sign_out(UserPoolId=self._pool, Username=email)
        except self._cognito.exceptions.UserNotFoundException:
            return

    def delete(self, email: str) -> None:
        """Delete an account; deleting it again does nothing."""
        try:
            self._cognito.admin_delete_user(UserPoolId=self._pool, Username=email)
        except self._cognito.exceptions.UserNotFoundException:
            return

    def add_client(self, name: str) -> ClientSecret:
        """Create the credentials of a host application; no user can sign in with them."""
        made = self._cognito.create_user_pool_client(
            UserPoolId=self._pool,
            ClientName=name,
            GenerateSecret=True,
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["client_credentials"],
            AllowedOAuthScopes=[API_SCOPE],
            ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"],
            ReadAttributes=["name"],
            WriteAttributes=["name"],
            EnableTokenRevocation=True,
        )["UserPoolClient"]
        return ClientSecret(id=made["ClientId"], secret=made["ClientSecret"])

    def remove_client(self, client: str) -> None:
        """Delete the credentials of a host application; deleting them again does nothing."""
        try:
            self._cognito.delete_user_pool_client(UserPoolId=self._pool, ClientId=client)
        except self._cognito.exceptions.ResourceNotFoundException:
            return


def _attributes_of(listed: "Iterable[AttributeTypeTypeDef]") -> dict[str, str]:
    return {each["Name"]: each.get("Value", "") for each in listed}
