"""Settings of an organization and profiles of its people."""

from dataclasses import dataclass

from facteur.domain.address import domain_of
from facteur.domain.errors import ConflictError
from facteur.domain.identity import UserId, UserRole
from facteur.locales import DEFAULT_LOCALE, Locale

DEFAULT_TIMEZONE = "Europe/Paris"
MAX_LOGO = 100 * 1024
"""Bytes of a logo, decoded."""
MAX_LOGO_PIXELS = 4_000_000
"""Width times height of a logo: 2,000 by 2,000, twelve megabytes in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationSettings:
    """Legal data printed on documents, and who may be written as sender.

    ``sender_domains`` is set by operators only: the domains verified with the mail service.
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
    locale: Locale = DEFAULT_LOCALE
    version: int = 0


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

    ``address`` is put in From and belongs to a verified domain; ``reply_to`` is set when it is not
    the person's own; ``copy_to`` receives the sender's copy and the notices.
    """

    name: str
    address: str
    reply_to: str | None
    copy_to: str


def is_verified(address: str, settings: OrganizationSettings) -> bool:
    """May ``address`` be used in From?"""
    return domain_of(address) in settings.sender_domains


def sender_of(profile: Profile, settings: OrganizationSettings) -> Sender:
    """The sender of a person's mail: their own address when verified, else the organization's.

    Raises ConflictError ``sender_not_verified`` when neither may be used.
    """
    if is_verified(profile.email, settings):
        return Sender(
            name=profile.name, address=profile.email, reply_to=None, copy_to=profile.email
        )
    if settings.default_sender and is_verified(settings.default_sender, settings):
        return Sender(
            name=profile.name,
            address=settings.default_sender,
            reply_to=profile.email,
            copy_to=profile.email,
        )
    raise ConflictError("sender_not_verified", domain=domain_of(profile.email))
