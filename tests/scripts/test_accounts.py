"""What operators decide about senders, limits and suspensions."""

import boto3
import pytest
from moto.ses.models import ses_backends

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.operators import read_account
from facteur.adapters.dynamodb.settings import DynamoSettings
from facteur.adapters.dynamodb.table import Table
from facteur.domain.account import Account
from facteur.domain.identity import OrgId, UserRole
from scripts.operator import Operator
from scripts.stack import StackError
from tests.scripts.conftest import DOMAIN

CLAIRE = f"claire@{DOMAIN}"
ANA = f"ana@{DOMAIN}"
OTHER = "new.example"


def account_of(session: boto3.Session, organization: OrgId) -> Account:
    return read_account(session.client("dynamodb"), "table", organization)


def verify(session: boto3.Session, domain: str) -> None:
    """Have SES verify a domain, which needs a DNS that moto does not ask."""
    session.client("sesv2").create_email_identity(EmailIdentity=domain)
    identities = ses_backends["123456789012"]["eu-west-3"].email_identities
    identities[domain].verified_for_sending_status = True


def as_version_0_1_wrote(session: boto3.Session, organization: str, domain: str) -> None:
    """An organization with its domains in the settings, and without an account."""
    session.client("dynamodb").put_item(
        TableName="table",
        Item={
            "pk": {"S": f"ORG#{organization}"},
            "sk": {"S": "SETTINGS"},
            "name": {"S": "Ancienne"},
            "sender_domains": {"L": [{"S": domain}]},
            "default_sender": {"S": f"bureau@{domain}"},
        },
    )


@pytest.mark.feature("B22")
def test_organizations_share_the_domain_of_the_stack(
    operator: Operator, session: boto3.Session
) -> None:
    first = operator.add_organization("Durand", email=CLAIRE)
    second = operator.add_organization("Ana", email=ANA)

    assert account_of(session, first) == account_of(session, second)
    assert account_of(session, first) == Account(shared_domains=(DOMAIN,))


@pytest.mark.feature("B22")
def test_an_organization_may_have_the_domain_for_itself(
    operator: Operator, session: boto3.Session
) -> None:
    organization = operator.add_organization("Durand", email=CLAIRE, exclusive=True)

    assert account_of(session, organization) == Account(exclusive_domains=(DOMAIN,))
    with pytest.raises(StackError, match="alone"):
        operator.add_organization("Ana", email=ANA)


@pytest.mark.feature("B22")
def test_nobody_gets_a_domain_for_itself_that_others_use(
    operator: Operator, session: boto3.Session
) -> None:
    verify(session, DOMAIN)
    first = operator.add_organization("Durand", email=CLAIRE)
    operator.add_organization("Ana", email=ANA)

    with pytest.raises(StackError, match="too"):
        operator.add_sender_domain(DOMAIN, colleague=CLAIRE, exclusive=True)
    assert account_of(session, first) == Account(shared_domains=(DOMAIN,))

    operator.remove_sender_domain(DOMAIN, colleague=ANA)
    operator.add_sender_domain(DOMAIN, colleague=CLAIRE, exclusive=True)
    assert account_of(session, first) == Account(exclusive_domains=(DOMAIN,))


@pytest.mark.feature("B22")
def test_organizations_of_an_earlier_version_count_too(
    operator: Operator, session: boto3.Session
) -> None:
    as_version_0_1_wrote(session, "ancienne", DOMAIN)

    with pytest.raises(StackError, match="ancienne"):
        operator.add_organization("Durand", email=CLAIRE, exclusive=True)
    organization = operator.add_organization("Durand", email=CLAIRE)

    assert account_of(session, organization).shared_domains == (DOMAIN,)
    assert account_of(session, OrgId("ancienne")) == Account(shared_domains=(DOMAIN,))


@pytest.mark.feature("B22")
def test_a_domain_of_one_organization_is_shared_with_nobody(
    operator: Operator, session: boto3.Session
) -> None:
    verify(session, OTHER)
    operator.add_organization("Durand", email=CLAIRE, domain=OTHER, exclusive=True)
    operator.add_organization("Ana", email=ANA)

    with pytest.raises(StackError, match="alone"):
        operator.add_sender_domain(OTHER, colleague=ANA)


@pytest.mark.feature("B22")
def test_a_domain_keeps_the_others_and_the_limit(
    operator: Operator, session: boto3.Session
) -> None:
    verify(session, OTHER)
    organization = operator.add_organization("Durand", email=CLAIRE)
    operator.set_limit(CLAIRE, 500)

    operator.add_sender_domain(OTHER.upper(), colleague=CLAIRE, exclusive=True)

    assert account_of(session, organization) == Account(
        exclusive_domains=(OTHER,), shared_domains=(DOMAIN,), messages_per_day=500
    )


@pytest.mark.feature("B22")
def test_version_0_1_still_finds_the_domains_after_a_rollback(
    operator: Operator, session: boto3.Session
) -> None:
    verify(session, OTHER)
    organization = operator.add_organization("Durand", email=CLAIRE, exclusive=True)
    operator.add_sender_domain(OTHER, colleague=CLAIRE)

    settings = DynamoSettings(
        Table(session.client("dynamodb"), "table"), Keys(organization)
    ).find_settings()

    assert settings is not None
    assert settings.sender_domains == (DOMAIN, OTHER)
    assert settings.default_sender == f"facteur@{DOMAIN}"


@pytest.mark.feature("B22")
def test_an_address_is_given_to_one_organization(
    operator: Operator, session: boto3.Session
) -> None:
    organization = operator.add_organization("Durand", email=CLAIRE)
    operator.add_organization("Ana", email=ANA)

    operator.add_sender_address(f"Factures@{DOMAIN}", colleague=CLAIRE)

    assert account_of(session, organization).owns(f"factures@{DOMAIN}")
    with pytest.raises(StackError, match="was given"):
        operator.add_sender_address(f"factures@{DOMAIN}", colleague=ANA)


@pytest.mark.feature("B22")
def test_an_address_is_taken_back_once(operator: Operator, session: boto3.Session) -> None:
    organization = operator.add_organization("Durand", email=CLAIRE)
    operator.add_sender_address(f"factures@{DOMAIN}", colleague=CLAIRE)

    operator.remove_sender_address(f"Factures@{DOMAIN}", colleague=CLAIRE)

    assert not account_of(session, organization).owns(f"factures@{DOMAIN}")
    with pytest.raises(StackError, match="was not given"):
        operator.remove_sender_address(f"factures@{DOMAIN}", colleague=CLAIRE)


@pytest.mark.feature("B22")
@pytest.mark.parametrize("address", ["x@unknown.example", "nothing", "", f"a@{DOMAIN}, b@{DOMAIN}"])
def test_an_address_that_cannot_be_sent_from_is_not_given(operator: Operator, address: str) -> None:
    operator.add_organization("Durand", email=CLAIRE)

    with pytest.raises(StackError):
        operator.add_sender_address(address, colleague=CLAIRE)


@pytest.mark.feature("B22")
def test_nobody_is_given_the_address_of_somebody_else_in_another_organization(
    operator: Operator,
) -> None:
    operator.add_organization("Durand", email=CLAIRE)
    operator.add_organization("Ana", email=ANA)
    operator.add_user(f"paul@{DOMAIN}", colleague=ANA, role=UserRole.MEMBER)

    with pytest.raises(StackError, match="somebody of organization"):
        operator.add_sender_address(f"paul@{DOMAIN}", colleague=CLAIRE)


@pytest.mark.feature("B44")
@pytest.mark.parametrize("limit", [0, 1, 1_000_000])
def test_a_limit_is_set_for_one_organization(
    operator: Operator, session: boto3.Session, limit: int
) -> None:
    first = operator.add_organization("Durand", email=CLAIRE)
    second = operator.add_organization("Ana", email=ANA)

    operator.set_limit(CLAIRE, limit)

    assert account_of(session, first).messages_per_day == limit
    assert account_of(session, second).messages_per_day == 2_000


@pytest.mark.feature("B44")
@pytest.mark.parametrize("limit", [-1, 1_000_001])
def test_a_limit_that_means_nothing_is_refused(operator: Operator, limit: int) -> None:
    operator.add_organization("Durand", email=CLAIRE)

    with pytest.raises(StackError, match="between"):
        operator.set_limit(CLAIRE, limit)


@pytest.mark.feature("B44")
def test_an_organization_is_suspended_and_mails_again(
    operator: Operator, session: boto3.Session
) -> None:
    organization = operator.add_organization("Durand", email=CLAIRE)
    before = account_of(session, organization)

    operator.suspend(CLAIRE)
    suspended = account_of(session, organization).suspended
    released = operator.unsuspend(CLAIRE)

    assert suspended is True
    assert account_of(session, organization) == before
    assert released == 0
