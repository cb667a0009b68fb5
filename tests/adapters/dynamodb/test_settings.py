"""Settings, profiles, host applications, and items that only operators write."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.clients import DynamoClients
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.operators import write_client, write_organization, write_role
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.account import Account
from facteur.domain.errors import ConflictError
from facteur.domain.identity import Caller, OrgId, UserId, UserRole
from facteur.domain.settings import OrganizationSettings, Profile
from facteur.locales import Locale
from facteur.ports import Store
from facteur.services.people import administrators_of, remember_profile
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.meter import Meter
from tests.adapters.dynamodb.samples import ORG, OTHER, USER

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

SETTINGS = OrganizationSettings(
    name="Atelier Durand",
    legal_form="SARL",
    capital="10 000 €",
    address=("1 rue de l’Œuvre", "34700 Lodève"),
    siren="123456789",
    siret="12345678900012",
    rcs="Montpellier B 123 456 789",
    vat_number="FR00123456789",
    iban="FR76",
    bic="AGRIFRPP",
    payment_terms="30 jours",
    logo="data:image/png;base64,AA==",
    default_sender="facteur@atelier-durand.example",
    timezone="America/Martinique",
    locale=Locale("en"),
    version=1,
)
PROFILE = Profile(
    user=USER,
    name="Jeanne Durand",
    email="jeanne@atelier-durand.example",
    signature="<p>Jeanne</p>",
    locale=Locale("en"),
    role=UserRole.ADMIN,
    version=1,
)


def test_settings_are_read_as_they_were_written(store: Store) -> None:
    settings = store.settings(ORG)
    assert settings.find_settings() is None

    settings.put_settings(SETTINGS)

    assert settings.find_settings() == SETTINGS
    assert store.settings(OTHER).find_settings() is None


@pytest.mark.feature("S36")
def test_a_profile_is_read_as_it_was_written(store: Store) -> None:
    settings = store.settings(ORG)
    assert settings.find_profile(USER) is None

    settings.put_profile(PROFILE)

    assert settings.find_profile(USER) == PROFILE
    assert store.settings(OTHER).find_profile(USER) is None


def test_refreshed_profile_has_another_address_and_role_and_keeps_what_the_person_saved(
    store: Store,
) -> None:
    settings = store.settings(ORG)
    settings.put_profile(PROFILE)
    token = Profile(user=USER, name="J.", email="new@x.example", role=UserRole.MEMBER)

    settings.refresh_profile(token)

    assert settings.find_profile(USER) == replace(PROFILE, email=token.email, role=token.role)


def test_refreshed_profile_is_stored_when_there_is_none_and_can_then_be_saved(
    store: Store,
) -> None:
    settings = store.settings(ORG)

    settings.refresh_profile(replace(PROFILE, version=0))
    stored = settings.find_profile(USER)
    settings.put_profile(replace(PROFILE, name="Jeanne"))

    assert stored == replace(PROFILE, version=0)
    assert settings.find_profile(USER) == replace(PROFILE, name="Jeanne")


@pytest.mark.feature("B43")
def test_administrators_are_found_among_the_people_of_one_organization(store: Store) -> None:
    settings, names = store.settings(ORG), ["a", "b", "é", "~"]
    settings.put_settings(SETTINGS)
    for name in names:
        role = UserRole.MEMBER if name == "b" else UserRole.ADMIN
        settings.refresh_profile(replace(PROFILE, user=UserId(name), role=role, version=0))
    store.settings(OTHER).put_profile(PROFILE)

    assert {profile.user for profile in settings.list_profiles()} == set(names)
    assert {profile.user for profile in administrators_of(settings)} == {"a", "é", "~"}


def test_people_are_read_over_many_pages(dynamo: DynamoStore, meter: Meter) -> None:
    settings, signature = dynamo.settings(ORG), "x" * 10_000
    for n in range(150):
        person = replace(PROFILE, user=UserId(f"u{n:03d}"), signature=signature, version=0)
        settings.refresh_profile(person)

    with meter.counting() as units:
        found = [profile.user for profile in settings.list_profiles()]

    assert found == [f"u{n:03d}" for n in range(150)]
    assert units.requests == ["Query", "Query"]


def test_profile_that_version_0_1_0_stored_is_a_member_s(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    settings = dynamo.settings(ORG)
    settings.put_profile(PROFILE)
    client.update_item(
        TableName=TABLE,
        Key=Keys(ORG).profile(USER),
        UpdateExpression="REMOVE #role",
        ExpressionAttributeNames={"#role": "role"},
    )

    assert settings.find_profile(USER) == replace(PROFILE, role=UserRole.MEMBER)
    assert administrators_of(settings) == []


def test_known_person_costs_one_read_and_no_write(dynamo: DynamoStore, meter: Meter) -> None:
    caller = Caller(ORG, USER, "jeanne@atelier-durand.example", "Jeanne", UserRole.ADMIN)
    settings = dynamo.settings(ORG)
    remember_profile(settings, caller)

    with meter.counting() as units:
        remember_profile(settings, caller)

    assert units.requests == ["GetItem"]


@pytest.mark.parametrize("version", [1, 3])
def test_an_edit_of_other_settings_than_the_stored_is_refused(store: Store, version: int) -> None:
    settings = store.settings(ORG)
    settings.put_settings(SETTINGS)
    settings.put_profile(PROFILE)

    with pytest.raises(ConflictError, match="version_conflict") as raised:
        settings.put_settings(replace(SETTINGS, name="Autre", version=version))
    with pytest.raises(ConflictError, match="version_conflict"):
        settings.put_profile(replace(PROFILE, name="Autre", version=version))

    assert raised.value.params == {"version": 1}
    settings.put_settings(replace(SETTINGS, name="Autre", version=2))
    stored = settings.find_settings()
    assert stored is not None
    assert (stored.name, stored.version) == ("Autre", 2)


@pytest.mark.feature("B22")
def test_sender_domains_are_left_to_operators(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    settings = dynamo.settings(ORG)
    write_organization(
        client,
        TABLE,
        ORG,
        name="Atelier Durand",
        account=Account(shared_domains=("atelier-durand.example",)),
        default_sender="facteur@atelier-durand.example",
    )
    written = settings.find_settings()

    settings.put_settings(replace(SETTINGS, sender_domains=("evil.example",)))

    assert written == OrganizationSettings(
        name="Atelier Durand",
        sender_domains=("atelier-durand.example",),
        default_sender="facteur@atelier-durand.example",
    )
    assert settings.find_settings() == replace(SETTINGS, sender_domains=("atelier-durand.example",))


def test_operators_leave_the_name_and_version_that_people_gave(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    dynamo.settings(ORG).put_settings(SETTINGS)

    write_organization(
        client,
        TABLE,
        ORG,
        name="Ignoré",
        account=Account(shared_domains=("a.example",)),
        default_sender="x@a.example",
    )

    assert dynamo.settings(ORG).find_settings() == replace(
        SETTINGS, sender_domains=("a.example",), default_sender="x@a.example"
    )


@pytest.mark.feature("B43")
def test_operators_change_the_role_of_a_profile_that_is_stored(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    settings = dynamo.settings(ORG)

    write_role(client, TABLE, ORG, USER, UserRole.MEMBER)
    unknown = settings.find_profile(USER)
    settings.put_profile(PROFILE)
    write_role(client, TABLE, ORG, USER, UserRole.MEMBER)

    assert unknown is None
    assert settings.find_profile(USER) == replace(PROFILE, role=UserRole.MEMBER)


@pytest.mark.feature("B23")
def test_a_host_application_acts_as_the_user_an_operator_wrote(client: "DynamoDBClient") -> None:
    caller = Caller(ORG, USER, "jeanne@atelier-durand.example", "Jeanne Durand")

    write_client(client, TABLE, "client-1", caller)

    clients = DynamoClients(client, TABLE)
    assert clients.find_client("client-1") == caller
    assert clients.find_client("client-2") is None


@pytest.mark.feature("B20")
@pytest.mark.parametrize("organization", ["", "a#b", "a" * 65, "é", "a\n"])
def test_a_malformed_organization_has_no_repositories(
    dynamo: DynamoStore, organization: str
) -> None:
    with pytest.raises(ValueError, match="not the id of an organization"):
        dynamo.sends(OrgId(organization))
