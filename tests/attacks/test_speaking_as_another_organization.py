"""A member of one organization who wants to write in the name of another.

Both organizations send from the same domain, which SES signs for either. The attacker sets the
address of the other's director, or postmaster@ of the domain, as default sender, keeps one that an
older version accepted, or sends from a person who has left. None of their mail may carry an address
that is not their own; the other organization goes on as before.
"""

from dataclasses import replace
from typing import Any

import pytest

from facteur.domain.account import Account
from facteur.domain.identity import OrgId, UserId
from facteur.domain.settings import OrganizationSettings, Profile
from tests.functions.calling import INVOICE, ORGANIZATION, Api

DOMAIN = "artisans.example"
MALLORY = OrgId("mallory")
DIRECTOR = f"claire@{DOMAIN}"
OWN = f"mallory@{DOMAIN}"


@pytest.fixture
def claire(api: Api) -> Api:
    """The director of the organization that is to be impersonated."""
    account = Account(shared_domains=(DOMAIN,), sender_addresses=(f"factures@{DOMAIN}",))
    api.store.of(ORGANIZATION).account = account
    claire = api.as_user(email=DIRECTOR)
    claire.send(claire.create(INVOICE))
    return claire


@pytest.fixture
def mallory(claire: Api) -> Api:
    """The attacker, of another organization with the same domain."""
    claire.store.of(MALLORY).account = Account(shared_domains=(DOMAIN,))
    return claire.as_user(**{"custom:organization": MALLORY, "sub": "mallory", "email": OWN})


def with_default_sender(api: Api, address: str) -> Any:
    settings = api("GET", "/v1/settings").json
    return api("PUT", "/v1/settings", settings | {"name": "M", "default_sender": address})


def outsider(api: Api) -> Api:
    """A colleague whose own address may not stand in From, so that the default sender does."""
    return api.as_user(email="paul@gmail.example", sub="paul")


@pytest.mark.feature("B22")
@pytest.mark.parametrize(
    "address",
    [
        f"postmaster@{DOMAIN}",
        DIRECTOR,
        DIRECTOR.upper(),
        f"factures@{DOMAIN}",
        f"facteur@sub.{DOMAIN}",
        "claire@autre.example",
    ],
)
def test_nobody_takes_an_address_that_is_not_theirs(mallory: Api, address: str) -> None:
    answer = with_default_sender(mallory, address)

    assert answer.status == 422
    ((field, code),) = answer.problems
    assert field == "default_sender"
    assert code in {"sender_not_allowed", "sender_domain_not_verified"}


@pytest.mark.feature("B22")
def test_the_refusal_names_what_may_be_used_and_nobody_else(mallory: Api) -> None:
    answer = with_default_sender(mallory, f"postmaster@{DOMAIN}")

    (error,) = answer.json["errors"]
    assert f"facteur@{DOMAIN}" in error["message"]
    assert OWN in error["message"]
    assert "claire" not in answer.text
    assert "factures@" not in answer.text


@pytest.mark.feature("B22")
@pytest.mark.parametrize("address", [f"facteur@{DOMAIN}", OWN])
def test_own_and_given_addresses_may_be_used(mallory: Api, address: str) -> None:
    mallory.send(mallory.create(INVOICE))

    assert with_default_sender(mallory, address).status == 200
    send = outsider(mallory).send(mallory.create(INVOICE | {"number": "F-2"}))

    assert (send["from"], send["reply_to"]) == (address, "paul@gmail.example")


@pytest.mark.feature("B22")
def test_an_address_that_operators_gave_is_of_that_organization_alone(
    claire: Api, mallory: Api
) -> None:
    given = f"factures@{DOMAIN}"

    assert with_default_sender(mallory, given).status == 422
    assert with_default_sender(claire, given).status == 200
    assert outsider(claire).send(claire.create(INVOICE | {"number": "F-2"}))["from"] == given


@pytest.mark.feature("B22")
def test_what_version_0_1_accepted_is_replaced_by_the_address_of_the_domain(mallory: Api) -> None:
    data = mallory.store.of(MALLORY)
    data.account = None
    data.settings = OrganizationSettings(
        name="Mallory", sender_domains=(DOMAIN,), default_sender=f"postmaster@{DOMAIN}", version=1
    )

    send = outsider(mallory).send(mallory.create(INVOICE))

    assert (send["from"], send["reply_to"]) == (f"facteur@{DOMAIN}", "paul@gmail.example")
    assert mallory("GET", "/v1/settings").json["default_sender"] == f"facteur@{DOMAIN}"


@pytest.mark.feature("B22")
def test_a_domain_in_the_settings_gives_nothing_once_operators_decided(mallory: Api) -> None:
    data = mallory.store.of(MALLORY)
    data.settings = OrganizationSettings(
        name="Mallory", sender_domains=("victime.example",), version=1
    )

    answer = with_default_sender(mallory, "facteur@victime.example")

    assert answer.problems == {("default_sender", "sender_domain_not_verified")}
    assert mallory("GET", "/v1/settings").json["sender_domains"] == [DOMAIN]


@pytest.mark.feature("B22")
def test_a_person_who_has_left_speaks_for_the_organization_no_more(mallory: Api) -> None:
    data = mallory.store.of(MALLORY)
    left = Profile(user=UserId("lea"), name="Léa", email=f"lea@{DOMAIN}", version=1)
    data.profiles[left.user] = left
    assert with_default_sender(mallory, left.email).status == 200

    del data.profiles[left.user]
    send = outsider(mallory).send(mallory.create(INVOICE))

    assert send["from"] == f"facteur@{DOMAIN}"


@pytest.mark.feature("B22")
def test_an_address_of_another_domain_is_nobodys_own(mallory: Api) -> None:
    stranger = mallory.as_user(email="mallory@victime.example", sub="m2")

    answer = stranger(
        "POST", "/v1/sends", {"document_ids": [mallory.create(INVOICE)], "to": "a@b.example"}
    )

    assert (answer.status, answer.json["code"]) == (409, "sender_not_verified")
    assert stranger("GET", "/v1/profile").json["sender_verified"] is False


@pytest.mark.feature("B22")
def test_a_domain_of_one_organization_gives_it_every_address(claire: Api) -> None:
    claire.store.of(ORGANIZATION).account = Account(exclusive_domains=(DOMAIN,))

    assert with_default_sender(claire, f"postmaster@{DOMAIN}").status == 200


@pytest.mark.feature("B22")
def test_the_other_organization_goes_on_as_before(claire: Api, mallory: Api) -> None:
    with_default_sender(mallory, DIRECTOR)
    data = claire.store.of(MALLORY)
    data.settings = replace(
        data.settings or OrganizationSettings(name="M"), default_sender=DIRECTOR
    )

    send = claire.send(claire.create(INVOICE | {"number": "F-3"}))

    assert (send["from"], send["reply_to"]) == (DIRECTOR, None)
    assert outsider(mallory).send(mallory.create(INVOICE))["from"] == f"facteur@{DOMAIN}"


@pytest.mark.feature("B22")
@pytest.mark.parametrize(
    "name",
    ["direction@banque.example", "“paie@autre.example”", "claire\uff20x.example", "a\ufe6bb"],
)
def test_nobody_takes_an_address_for_a_name(api: Api, name: str) -> None:
    profile = api("GET", "/v1/profile").json

    refused = api("PUT", "/v1/profile", profile | {"name": name})
    other = api.as_user(name=name, sub="another-user")("GET", "/v1/profile").json

    assert refused.status == 422
    assert ("name", "name_like_address") in refused.problems
    assert other["name"] == "claire"
