"""Finding a person in texts, and what stands in their place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from facteur.domain.address import parse_addresses
from facteur.domain.campaign import Campaign, CampaignStatus, PauseReason
from facteur.domain.campaign_transitions import resumed
from facteur.domain.errors import ConflictError
from facteur.domain.forgetting import (
    ERASED,
    Fields,
    Redaction,
    campaign_without,
    content_without,
    group_without,
    is_forgotten,
    names_in,
    send_fields_without,
    tombstone_of,
)
from facteur.domain.group import Contact, Group
from facteur.domain.identity import GroupId, OrgId
from tests.unit.domain.test_campaign_transitions import a_campaign

ORG = OrgId("atelier")
ZOE = "zoe@chez-lukasz.example"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
STONE = tombstone_of(ZOE, ORG)


def redaction(*names: str) -> Redaction:
    return Redaction(ORG, ZOE, names or ["Zoé Łukasz"])


@pytest.mark.feature("B45")
@pytest.mark.parametrize(
    ("text", "without"),
    [
        (ZOE, STONE),
        ("Zoe@Chez-Lukasz.EXAMPLE", STONE),
        (f"smtp; 550 <{ZOE}>: unknown", f"smtp; 550 <{STONE}>: unknown"),
        (f"rfc822;{ZOE}", f"rfc822;{STONE}"),
        (f"Écrire à {ZOE}.", f"Écrire à {STONE}."),
        ("mailto:zoe%40chez-lukasz.example", f"mailto:{STONE}"),
        ("bounce+zoe=chez-lukasz.example@x.example", f"bounce+{STONE}@x.example"),
        ("Bonjour Zoé  Łukasz,", f"Bonjour {ERASED},"),
        ("ŁUKASZ Zoé", ERASED),
        ("Łukasz_Zoé.pdf", f"{ERASED}.pdf"),
        (f"ligne\n{ZOE}\nZoé\nŁukasz", f"ligne\n{STONE}\n{ERASED}"),
    ],
)
def test_address_and_name_are_found_however_they_are_spelled(text: str, without: str) -> None:
    assert redaction().text(text) == without
    assert redaction().names_them(text)
    assert not redaction().names_them(without)


@pytest.mark.feature("B45")
@pytest.mark.parametrize(
    "text",
    [
        f"anne.{ZOE}",
        f"a{ZOE}",
        f"{ZOE}.org",
        "zoe@chez-lukasz.example-of.org",
        "Zoé",
        "Zoé Martin et Paul Łukasz",
        "Zoé Łukaszewska",
        "chez-lukasz.example",
    ],
)
def test_texts_about_other_people_stay_as_they_are(text: str) -> None:
    assert redaction().text(text) == text
    assert not redaction().names_them(text)


@pytest.mark.feature("B45")
def test_an_international_domain_is_found_in_both_spellings() -> None:
    found = Redaction(ORG, "zoe@xn--caf-dma.example")

    assert found.text("zoe@café.example, zoe@xn--caf-dma.example").count("@forgotten.invalid") == 2
    assert found.is_theirs("Zoe@café.example")


@pytest.mark.feature("B45")
def test_a_tombstone_is_stable_says_nothing_and_cannot_be_written_to() -> None:
    assert tombstone_of(ZOE.upper(), ORG) == STONE
    assert tombstone_of(ZOE, OrgId("autre")) != STONE
    assert is_forgotten(STONE)
    assert not is_forgotten(ZOE)
    assert redaction().text(STONE) == STONE
    addresses, problems = parse_addresses(STONE, field="to")
    assert (addresses, [problem.code for problem in problems]) == ([], ["address_invalid"])


LIST: Fields = {
    "type": "staff_list",
    "name": "Équipe de Zoé Łukasz",
    "number": "L-1",
    "date": "2026-11-24",
    "notes": f"Appeler {ZOE}",
    "entries": [
        {"last_name": "Łukasz", "first_name": "Zoé", "email": ZOE},
        {"last_name": "Łukasz", "first_name": "Zoé", "email": ""},
        {"last_name": "Łukasz", "first_name": "Zoé", "email": "homonyme@x.example"},
        {"last_name": "Martin", "first_name": "Ana", "email": ""},
    ],
}


@pytest.mark.feature("B45")
def test_a_list_loses_their_lines_and_keeps_a_namesake_with_another_address() -> None:
    without = content_without(LIST, redaction(), is_record=False)

    assert names_in(LIST, Redaction(ORG, ZOE)) == {"Zoé Łukasz"}
    assert without["name"] == f"Équipe de {ERASED}"
    assert without["notes"] == f"Appeler {STONE}"
    entries = without["entries"]
    assert isinstance(entries, list)
    assert [entry["email"] for entry in entries if isinstance(entry, dict)] == [
        "homonyme@x.example",
        "",
    ]


@pytest.mark.feature("B45")
@pytest.mark.parametrize(("is_record", "name"), [(True, "Zoé Łukasz"), (False, ERASED)])
def test_an_invoice_that_was_sent_loses_the_address_and_keeps_the_name(
    is_record: bool, name: str
) -> None:
    invoice: Fields = {
        "type": "invoice",
        "number": "F-1",
        "client": {"name": "Zoé Łukasz", "email": ZOE},
    }

    without = content_without(invoice, redaction(), is_record=is_record)

    assert without["client"] == {"name": name, "email": ""}


@pytest.mark.feature("B45")
@pytest.mark.parametrize(("own", "name", "signature"), [(ZOE, ERASED, ""), ("a@x.fr", "Z", "Z")])
def test_their_own_sends_lose_name_and_signature(own: str, name: str, signature: str) -> None:
    fields: Fields = {"sender": {"name": "Z", "address": own, "copy_to": own}, "signature": "Z"}

    without = send_fields_without(fields, redaction())

    assert without["signature"] == signature
    assert isinstance(without["sender"], dict)
    assert without["sender"]["name"] == name


def campaign_to(*recipients: str, status: CampaignStatus = CampaignStatus.ACTIVE) -> Campaign:
    campaign = a_campaign()
    draft = replace(campaign.draft, recipients=recipients)
    return replace(campaign, draft=draft, status=status)


@pytest.mark.feature("B45")
def test_a_campaign_loses_the_recipient_and_its_version_rises() -> None:
    campaign = campaign_to("ana@x.example", ZOE)

    without = campaign_without(campaign, redaction(), now=NOW)

    assert without.draft.recipients == ("ana@x.example",)
    assert (without.status, without.version) == (CampaignStatus.ACTIVE, campaign.version + 1)
    assert campaign_without(without, redaction(), now=NOW) == without


@pytest.mark.feature("B45")
def test_a_campaign_with_nobody_left_pauses_and_cannot_be_resumed() -> None:
    without = campaign_without(campaign_to(ZOE), redaction(), now=NOW)

    assert (without.status, without.pause_reason) == (
        CampaignStatus.PAUSED,
        PauseReason.NO_RECIPIENTS,
    )
    with pytest.raises(ConflictError, match="no_recipients"):
        resumed(without, NOW)


@pytest.mark.feature("B45")
def test_a_completed_campaign_with_nobody_left_stays_completed() -> None:
    campaign = campaign_to(ZOE, status=CampaignStatus.COMPLETED)

    without = campaign_without(campaign, redaction(), now=NOW)

    assert (without.status, without.draft.recipients) == (CampaignStatus.COMPLETED, ())


@pytest.mark.feature("B34", "B45")
def test_a_campaign_that_groups_are_left_of_goes_on() -> None:
    campaign = campaign_to(ZOE)
    campaign = replace(campaign, draft=replace(campaign.draft, groups=(GroupId("01G"),)))

    without = campaign_without(campaign, redaction(), now=NOW)

    assert (without.status, without.draft.recipients) == (CampaignStatus.ACTIVE, ())
    assert resumed(without, NOW) == without


@pytest.mark.feature("B34", "B45")
def test_a_group_loses_the_address_and_the_name_and_its_version_rises() -> None:
    contacts = (Contact(ZOE.upper(), "Zoé"), Contact("info@x.example", "Chez Zoé Łukasz"))
    group = Group(
        id=GroupId("01G"),
        name="Famille de Zoé Łukasz",
        contacts=contacts,
        version=3,
        created_at=NOW,
        updated_at=NOW,
    )

    without = group_without(group, redaction(), now=NOW)

    assert without.name == f"Famille de {ERASED}"
    assert without.contacts == (Contact("info@x.example", f"Chez {ERASED}"),)
    assert without.version == 4
    assert group_without(without, redaction(), now=NOW) == without
