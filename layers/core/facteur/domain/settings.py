"""Settings of an organization and profiles of its people."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from facteur.domain.account import OPERATORS_NAME, Account
from facteur.domain.address import domain_of
from facteur.domain.errors import ConflictError
from facteur.domain.identity import UserId, UserRole
from facteur.domain.public_holidays import DEFAULT_COUNTRY, HolidayArea
from facteur.locales import DEFAULT_LOCALE, Locale

DEFAULT_TIMEZONE = "Europe/Paris"
MAX_LOGO = 100 * 1024
"""Bytes of a logo, decoded."""
MAX_LOGO_PIXELS = 4_000_000
"""Width times height of a logo: 2,000 by 2,000, twelve megabytes in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationSettings:
    """Legal data printed on documents, and who may be written as sender.

    ``sender_domains`` is set by operators only, as they set the Account, which decides.
    ``logo`` is a PNG or JPEG ``data:`` URI, or empty. ``version`` 0 means never saved.
    """

    name: str
    legal_form: str = ""
    capital: str = ""
    address: tuple[str, ...] = ()
    siren: str = ""
    siret: str = ""
    rcs: str = ""
    vat_number: str = ""
    iban: str = ""
    bic: str = ""
    payment_terms: str = ""
    logo: str = ""
    default_sender: str = ""
    sender_domains: tuple[str, ...] = ()
    timezone: str = DEFAULT_TIMEZONE
    country: str = DEFAULT_COUNTRY
    region: str = ""
    locale: Locale = DEFAULT_LOCALE
    version: int = 0

    @property
    def area(self) -> HolidayArea:
        """Whose public holidays are days off."""
        return HolidayArea(self.country, self.region)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSettings:
    """Settings as they are in force, and who may be the default sender.

    Every address of ``exclusive_domains`` may, and each of ``sender_addresses``.
    """

    settings: OrganizationSettings
    exclusive_domains: tuple[str, ...]
    sender_addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person: name and verified address, signature (limited, cleaned HTML), language, role.

    ``version`` counts what the person saved; 0 means never. Address and role follow their tokens.
    """

    user: UserId
    name: str
    email: str
    signature: str = ""
    locale: Locale = DEFAULT_LOCALE
    role: UserRole = UserRole.MEMBER
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The sender of a Send.

    ``address`` is put in From and is one that the organization may use; ``reply_to`` is set when it
    is not the person's own; ``copy_to`` receives the sender's copy and the notices.
    """

    name: str
    address: str
    reply_to: str | None
    copy_to: str


def may_be_default_sender(
    address: str, account: Account, people: Callable[[], Collection[str]]
) -> bool:
    """May ``address`` be the sender of everybody in the organization?

    ``people`` reads the verified addresses of the organization's people.
    """
    return account.owns(address) or (
        account.lets_owner_send(address)
        and address.casefold() in {own.casefold() for own in people()}
    )


def default_sender_of(
    settings: OrganizationSettings, account: Account, people: Callable[[], Collection[str]]
) -> str | None:
    """The address in From of people whose own may not stand there, if the organization has one.

    A stored one that is not allowed (version 0.1.0 took any address of a shared domain; a person
    may have left) is replaced by the one that operators give with its domain.
    """
    stored = settings.default_sender
    if not stored or may_be_default_sender(stored, account, people):
        return stored or None
    given = f"{OPERATORS_NAME}@{domain_of(stored)}"
    return given if account.owns(given) else None


def sender_of(
    profile: Profile,
    settings: OrganizationSettings,
    account: Account,
    people: Callable[[], Collection[str]],
) -> Sender:
    """The sender of a person's mail: their own address if allowed, else the organization's.

    Raises ConflictError ``sender_not_verified`` when neither may be used.
    """
    own = account.lets_owner_send(profile.email)
    address = profile.email if own else default_sender_of(settings, account, people)
    if address is None:
        raise ConflictError("sender_not_verified", domain=domain_of(profile.email))
    return Sender(
        name=profile.name,
        address=address,
        reply_to=None if own else profile.email,
        copy_to=profile.email,
    )


def shown_settings(
    settings: OrganizationSettings, account: Account, people: Collection[str]
) -> ShownSettings:
    """The settings as people read them; ``people`` are the verified addresses of the
    organization's people."""
    own = (address.casefold() for address in sorted(people))
    addresses = (*account.given_addresses, *filter(account.lets_owner_send, own))
    return ShownSettings(
        settings=replace(settings, sender_domains=account.domains),
        exclusive_domains=account.exclusive_domains,
        sender_addresses=tuple(dict.fromkeys(addresses)),
    )
