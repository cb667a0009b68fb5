"""Settings and profile in requests and responses."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, StringConstraints

from facteur.domain.address import MAX_ADDRESS
from facteur.domain.content_parts import AddressLines, Notes, OptionalText, Text
from facteur.domain.identity import Caller
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.settings import (
    DEFAULT_TIMEZONE,
    MAX_LOGO,
    OrganizationSettings,
    Profile,
    ShownSettings,
)
from facteur.domain.validators import matching
from facteur.http.fields import (
    BIC,
    IBAN,
    MAX_INTEGER,
    MAX_ZONE,
    SIREN,
    SIRET,
    VAT_NUMBER,
    Ignored,
    ResponseModel,
)
from facteur.http.identity import MAX_NAME
from facteur.http.validation import CheckedByService
from facteur.locales import DEFAULT_LOCALE, Locale

MAX_SIGNATURE = 10_000
_OF_OPERATORS = {"sender_domains", "exclusive_domains", "sender_addresses"}
"""Fields of the answer that a request only repeats."""

type SavedVersion = Annotated[
    int,
    Field(
        ge=0,
        le=MAX_INTEGER,
        strict=True,
        description="The version read, 0 as long as nothing was saved.",
    ),
]
type Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME)
]
type Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_ADDRESS)]
type Logo = Annotated[
    str,
    Field(
        max_length=150_000,  # base64 makes 137,000 of MAX_LOGO
        description=f"A data: URI of a PNG or JPEG of at most {MAX_LOGO // 1024} KB.",
    ),
]


type Country = Annotated[str, *matching(r"^(?:[A-Z]{2})?$", "country_unknown")]
type Region = Annotated[str, Field(max_length=16)]


class SettingsBody(CheckedByService):
    """A full replacement of the organization's settings, with the ``version`` read."""

    REQUIRED: ClassVar[Sequence[str]] = ("name", "version")

    name: Text = ""
    legal_form: OptionalText = ""
    capital: OptionalText = ""
    address: AddressLines = ()
    siren: Annotated[OptionalText, SIREN] = ""
    siret: Annotated[OptionalText, SIRET] = ""
    rcs: OptionalText = ""
    vat_number: Annotated[OptionalText, VAT_NUMBER] = ""
    iban: Annotated[OptionalText, IBAN] = ""
    bic: Annotated[OptionalText, BIC] = ""
    payment_terms: Notes = ""
    logo: Logo = ""
    default_sender: Word = ""
    timezone: Annotated[str, Field(max_length=MAX_ZONE)] = DEFAULT_TIMEZONE
    country: Annotated[
        Country | None,
        Field(
            description="ISO 3166-1, whose public holidays are days off; empty for none. Without it"
            " country and region stay as they are."
        ),
    ] = None
    region: Annotated[Region | None, Field(description="A region with holidays of its own.")] = None
    locale: Locale = DEFAULT_LOCALE
    version: SavedVersion = 0
    sender_domains: Ignored = None
    exclusive_domains: Ignored = None
    sender_addresses: Ignored = None

    @property
    def settings(self) -> OrganizationSettings:
        return OrganizationSettings(
            **{
                name: getattr(self, name)
                for name in SettingsAnswer.model_fields
                if name not in ("version", "country", "region") and name not in _OF_OPERATORS
            }
        )

    @property
    def area(self) -> HolidayArea | None:
        """Whose public holidays are days off; None: as stored."""
        return HolidayArea(self.country, self.region or "") if self.country is not None else None


class SettingsAnswer(ResponseModel):
    """The organization's settings; operators set the domains and addresses.

    ``default_sender`` may be any address of ``exclusive_domains``, and each of
    ``sender_addresses``; other organizations may use the other ``sender_domains`` too.
    """

    model_config = ConfigDict(from_attributes=True)

    name: str
    legal_form: str
    capital: str
    address: list[str]
    siren: str
    siret: str
    rcs: str
    vat_number: str
    iban: str
    bic: str
    payment_terms: str
    logo: str
    default_sender: str
    sender_domains: list[str]
    exclusive_domains: list[str]
    sender_addresses: list[str]
    timezone: str
    country: str
    region: str | None
    locale: Locale
    version: int


class ProfileBody(CheckedByService):
    """A full replacement of the caller's profile, with the ``version`` read.

    The address is always the one the caller signs in with.
    """

    REQUIRED: ClassVar[Sequence[str]] = ("name", "version")

    name: Name = ""
    signature: Annotated[str, Field(max_length=MAX_SIGNATURE)] = ""
    locale: Locale = DEFAULT_LOCALE
    version: SavedVersion = 0
    email: Ignored = None
    sender_verified: Ignored = None

    def profile_of(self, caller: Caller) -> Profile:
        """The new profile of the caller."""
        return Profile(
            user=caller.user,
            name=self.name,
            email=caller.email,
            signature=self.signature,
            locale=self.locale,
        )


class ProfileAnswer(ResponseModel):
    """The caller's profile; ``sender_verified``: mail may be sent from their address."""

    name: str
    email: str
    sender_verified: bool
    signature: str
    locale: Locale
    version: int


def settings_answer(shown: ShownSettings) -> SettingsAnswer:
    """The response for settings."""
    return SettingsAnswer(
        **{
            name: getattr(shown.settings, name)
            for name in SettingsAnswer.model_fields
            if name not in ("exclusive_domains", "sender_addresses", "region")
        },
        region=shown.settings.region or None,
        exclusive_domains=list(shown.exclusive_domains),
        sender_addresses=list(shown.sender_addresses),
    )


def profile_answer(profile: Profile, *, sender_verified: bool) -> ProfileAnswer:
    """The response for a profile."""
    return ProfileAnswer(
        name=profile.name,
        email=profile.email,
        sender_verified=sender_verified,
        signature=profile.signature,
        locale=profile.locale,
        version=profile.version,
    )
