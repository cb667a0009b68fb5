"""A stack that has the parts of ours that operators touch."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from local.template.data import mapping
from local.template.source import load_template
from scripts.operator import Operator
from scripts.people import People
from tests.scripts.fakes import FakeStack

DOMAIN = "atelier-durand.example"


def declared(name: str) -> dict[str, Any]:
    """The properties of one of our resources."""
    return mapping(mapping(mapping(load_template()["Resources"])[name])["Properties"])


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        yield boto3.Session(region_name="eu-west-3")


@pytest.fixture
def operator(session: boto3.Session) -> Operator:
    table, pool = declared("Table"), declared("UserPool")
    session.client("dynamodb").create_table(
        TableName="table",
        BillingMode="PAY_PER_REQUEST",
        **{
            name: table[name]
            for name in ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
        },
    )
    made = session.client("cognito-idp").create_user_pool(
        PoolName="pool", UsernameAttributes=pool["UsernameAttributes"], Schema=pool["Schema"]
    )
    session.client("cognito-idp").create_group(
        UserPoolId=made["UserPool"]["Id"], GroupName=declared("Administrators")["GroupName"]
    )
    outputs = {"TableName": "table", "UserPoolId": made["UserPool"]["Id"], "SenderDomain": DOMAIN}
    return Operator(FakeStack(outputs), session)


@pytest.fixture
def people(operator: Operator, session: boto3.Session) -> People:
    return People(session.client("cognito-idp"), operator.stack.output("UserPoolId"))
