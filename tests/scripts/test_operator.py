"""Operators' commands, on a stack with the resources of the template that they use."""

import boto3
import pytest

from facteur.adapters.dynamodb.clients import DynamoClients
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.settings import DynamoSettings
from facteur.adapters.dynamodb.table import Table
from facteur.domain.identity import Caller, OrgId, UserId, UserRole
from facteur.domain.settings import OrganizationSettings, Profile
from scripts.operator import CLIENTS, Operator
from scripts.people import People
from scripts.stack import StackError
from tests.scripts.conftest import DOMAIN

CLAIRE = "claire@atelier-durand.example"
PAUL = "paul@atelier-durand.example"
ANA = "ana@atelier-durand.example"


def settings_of(
    operator: Operator, session: boto3.Session, organization: OrgId
) -> OrganizationSettings | None:
    table = Table(session.client("dynamodb"), operator.stack.output("TableName"))
    return DynamoSettings(table, Keys(organization)).find_settings()


def caller_behind(operator: Operator, session: boto3.Session, client_id: str) -> Caller | None:
    clients = DynamoClients(session.client("dynamodb"), operator.stack.output("TableName"))
    return clients.find_client(client_id)


def test_one_command_makes_an_organization_that_can_send_and_its_first_user(
    operator: Operator, session: boto3.Session, people: People
) -> None:
    organization = operator.add_organization("Atelier Durand", email=CLAIRE)

    settings = settings_of(operator, session, organization)
    assert settings is not None
    assert settings.name == "Atelier Durand"
    assert settings.sender_domains == (DOMAIN,)
    assert settings.default_sender == f"facteur@{DOMAIN}"
    assert people.get(CLAIRE).organization == organization


def test_an_organization_may_be_given_another_default_sender(
    operator: Operator, session: boto3.Session
) -> None:
    organization = operator.add_organization("Durand", email=CLAIRE, sender=f"bureau@{DOMAIN}")

    settings = settings_of(operator, session, organization)

    assert settings is not None
    assert settings.default_sender == f"bureau@{DOMAIN}"


def test_somebody_who_signs_in_already_gets_no_second_organization(operator: Operator) -> None:
    operator.add_organization("Atelier Durand", email=CLAIRE)

    with pytest.raises(StackError, match="signs in already"):
        operator.add_organization("Autre", email=CLAIRE)


def test_a_colleague_joins_the_same_organization(operator: Operator, people: People) -> None:
    organization = operator.add_organization("Atelier Durand", email=CLAIRE)

    joined = operator.add_user(PAUL, colleague=CLAIRE, role=UserRole.MEMBER)

    assert joined == organization
    assert people.get(PAUL).organization == organization


@pytest.mark.feature("B43")
def test_the_first_user_administers_the_organization_and_others_when_it_is_said(
    operator: Operator, people: People
) -> None:
    organization = operator.add_organization("Atelier Durand", email=CLAIRE)
    operator.add_organization("Autre", email="x@autre.example")

    operator.add_user(PAUL, colleague=CLAIRE, role=UserRole.MEMBER)
    operator.add_user(ANA, colleague=CLAIRE, role=UserRole.ADMIN)

    assert set(people.list_administrators(organization)) == {CLAIRE, ANA}


@pytest.mark.feature("B43")
def test_a_role_is_given_and_taken_and_workers_know_at_once(
    operator: Operator, session: boto3.Session, people: People
) -> None:
    organization = operator.add_organization("Atelier Durand", email=CLAIRE)
    operator.add_user(PAUL, colleague=CLAIRE, role=UserRole.MEMBER)
    table = Table(session.client("dynamodb"), operator.stack.output("TableName"))
    settings, paul = DynamoSettings(table, Keys(organization)), UserId(people.get(PAUL).id)
    settings.refresh_profile(Profile(user=paul, name="Paul", email=PAUL))

    operator.set_role(PAUL, UserRole.ADMIN)
    given = settings.find_profile(paul)
    operator.set_role(CLAIRE, UserRole.MEMBER)
    operator.set_role(CLAIRE, UserRole.MEMBER)

    assert given == Profile(user=paul, name="Paul", email=PAUL, role=UserRole.ADMIN)
    assert list(people.list_administrators(organization)) == [PAUL]
    assert settings.find_profile(UserId(people.get(CLAIRE).id)) is None


@pytest.mark.feature("B43")
def test_the_last_administrator_stays_one(operator: Operator, people: People) -> None:
    organization = operator.add_organization("Atelier Durand", email=CLAIRE)
    operator.add_user(PAUL, colleague=CLAIRE, role=UserRole.MEMBER)

    operator.set_role(PAUL, UserRole.MEMBER)
    with pytest.raises(StackError, match="only administrator"):
        operator.set_role(CLAIRE, UserRole.MEMBER)

    assert list(people.list_administrators(organization)) == [CLAIRE]


def test_a_stack_of_a_version_without_roles_must_be_deployed_first(
    operator: Operator, session: boto3.Session, people: People
) -> None:
    session.client("cognito-idp").delete_group(
        UserPoolId=operator.stack.output("UserPoolId"), GroupName="admin"
    )

    with pytest.raises(StackError, match="make deploy"):
        operator.add_organization("Atelier Durand", email=CLAIRE)

    table = operator.stack.output("TableName")
    assert people.find(CLAIRE) is None
    assert session.client("dynamodb").scan(TableName=table)["Count"] == 0


def test_a_colleague_of_nobody_joins_nothing(operator: Operator, people: People) -> None:
    with pytest.raises(StackError, match="nobody"):
        operator.add_user(PAUL, colleague="nobody@example.com", role=UserRole.MEMBER)

    assert people.find(PAUL) is None


@pytest.mark.feature("B23")
def test_a_host_application_acts_as_one_user_and_is_let_through_by_the_api(
    operator: Operator, session: boto3.Session, people: People
) -> None:
    operator.add_organization("Atelier Durand", email=CLAIRE)

    first = operator.add_client("erp", acts_as=CLAIRE)
    second = operator.add_client("site", acts_as=CLAIRE)

    claire = people.get(CLAIRE)
    caller = caller_behind(operator, session, first.id)
    assert caller is not None
    assert (caller.organization, caller.user, caller.email) == (
        claire.organization,
        claire.id,
        CLAIRE,
    )
    assert operator.stack.parameter(CLIENTS) == f"{first.id},{second.id}"


def test_a_host_application_gets_tokens_of_the_api_only_and_signs_nobody_in(
    operator: Operator, session: boto3.Session
) -> None:
    operator.add_organization("Atelier Durand", email=CLAIRE)

    made = operator.add_client("erp", acts_as=CLAIRE)

    client = session.client("cognito-idp").describe_user_pool_client(
        UserPoolId=operator.stack.output("UserPoolId"), ClientId=made.id
    )["UserPoolClient"]
    assert client["AllowedOAuthFlows"] == ["client_credentials"]
    assert client["AllowedOAuthScopes"] == ["facteur/api"]
    assert "custom:organization" not in client["WriteAttributes"]
    assert made.secret == client["ClientSecret"]


def test_a_removed_host_application_is_nobody_any_more(
    operator: Operator, session: boto3.Session
) -> None:
    operator.add_organization("Atelier Durand", email=CLAIRE)
    first = operator.add_client("erp", acts_as=CLAIRE)
    second = operator.add_client("site", acts_as=CLAIRE)

    operator.remove_client(first.id)

    assert caller_behind(operator, session, first.id) is None
    assert caller_behind(operator, session, second.id) is not None
    assert operator.stack.parameter(CLIENTS) == second.id


def test_removing_a_host_application_twice_does_nothing(operator: Operator) -> None:
    operator.remove_client("unknown")

    assert operator.stack.parameter(CLIENTS) == ""


def test_a_domain_that_ses_does_not_know_is_refused(
    operator: Operator, session: boto3.Session
) -> None:
    organization = operator.add_organization("Atelier Durand", email=CLAIRE)

    with pytest.raises(StackError, match="does not know"):
        operator.add_sender_domain("unknown.example", colleague=CLAIRE)

    settings = settings_of(operator, session, organization)
    assert settings is not None
    assert settings.sender_domains == (DOMAIN,)


def test_a_domain_that_ses_has_not_verified_yet_is_refused(
    operator: Operator, session: boto3.Session
) -> None:
    organization = operator.add_organization("Atelier Durand", email=CLAIRE)
    session.client("sesv2").create_email_identity(EmailIdentity="new.example")

    with pytest.raises(StackError, match="not verified"):
        operator.add_sender_domain("new.example", colleague=CLAIRE)

    settings = settings_of(operator, session, organization)
    assert settings is not None
    assert settings.sender_domains == (DOMAIN,)
