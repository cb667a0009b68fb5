"""Settings of the organization and the caller's own profile."""

import base64
import binascii
import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from facteur.domain.account import Account, DayLimits
from facteur.domain.address import domain_of, parse_addresses
from facteur.domain.campaign import Campaign, rederived
from facteur.domain.errors import (
    ConflictError,
    InputError,
    NotFoundError,
    Problem,
    TransientError,
)
from facteur.domain.headers import check_display_name, check_header
from facteur.domain.identity import Caller
from facteur.domain.occurrences import is_timezone
from facteur.domain.public_holidays import HolidayArea, check_area
from facteur.domain.settings import (
    MAX_LOGO,
    MAX_LOGO_PIXELS,
    OrganizationSettings,
    Profile,
    ShownSettings,
    default_sender_of,
    may_be_default_sender,
    shown_settings,
)
from facteur.ports import Campaigns, Cleaner, Clock, Images, Settings, Store
from facteur.services.people import addresses_of, profile_of, remember_profile, settings_of

_CAMPAIGNS_AT_ONCE = 100
_log = logging.getLogger(__name__)
_NAMED_SENDERS = 10
"""Addresses that a refused default sender is answered with; the settings show all."""
_LOGO_KINDS = {
    "data:image/png;base64": b"\x89PNG\r\n\x1a\n",
    "data:image/jpeg;base64": b"\xff\xd8\xff",
}
"""Beginning of a logo's data URI, and the bytes an image of that kind begins with."""


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """A profile, and whether its address may stand in From."""

    profile: Profile
    sender_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSettings:
    """Reads and replaces settings and profile."""

    store: Store
    cleaner: Cleaner
    images: Images
    clock: Clock

    def get(self, caller: Caller) -> ShownSettings:
        """The organization's settings, defaults when none were ever saved."""
        repository = self.store.settings(caller.organization)
        stored, account = settings_of(repository), repository.get_account()
        people = _people(repository, caller)
        default_sender = default_sender_of(stored, account, lambda: people) or ""
        return shown_settings(replace(stored, default_sender=default_sender), account, people)

    def replace(
        self,
        caller: Caller,
        wanted: OrganizationSettings,
        *,
        area: HolidayArea | None = None,
        version: int,
        problems: Sequence[Problem] = (),
    ) -> ShownSettings:
        """Store all settings except what operators set.

        ``version`` is the one read, ``problems`` were found while parsing. Without an ``area`` the
        stored one stays. Raises InputError
        with every problem, ConflictError ``version_conflict``.
        """
        repository = self.store.settings(caller.organization)
        stored = settings_of(repository)
        area = stored.area if area is None else area
        checked = replace(
            wanted,
            country=area.country,
            region=area.region,
            default_sender=_normalised(wanted.default_sender),
            version=stored.version + 1,
        )
        account = repository.get_account()
        people = _people(repository, caller)
        found = [
            *_check_settings(checked),
            *(check_area(area) if area != stored.area else []),
            *_check_default_sender(checked, account, people),
            *_check_logo(checked.logo, self.images),
        ]
        _ensure_none([*problems, *found])
        _ensure_current(version, stored.version)
        if checked.default_sender.casefold() == caller.email.casefold():
            # Workers find the address of a person in stored profiles only.
            remember_profile(repository, caller)
        repository.put_settings(checked)
        if area != stored.area:
            self._follow_area(caller)
        return shown_settings(checked, account, people)

    def _follow_area(self, caller: Caller) -> None:
        """Derive the next occurrences of campaigns again, which depend on the area's days off.

        Whoever reads a campaign does so too, and a schedule triggers on each day to which days off
        may move an occurrence: without this, only one whose trigger is lost would be late.
        """
        campaigns, cursor = self.store.campaigns(caller.organization), None
        try:
            while True:
                page = campaigns.list_page(status=None, cursor=cursor, limit=_CAMPAIGNS_AT_ONCE)
                for campaign in page.items:
                    _derive_again(campaigns, campaign)
                if (cursor := page.next) is None:
                    return
        except TransientError as error:
            keys = {"organization": caller.organization, "code": error.code}
            _log.warning("left to the schedules", extra=keys, exc_info=error)

    def limits(self, caller: Caller) -> DayLimits:
        """The limits of the caller's organization, and its use of the present day."""
        account = self.store.settings(caller.organization).get_account()
        today = self.clock.now().date()
        return DayLimits(
            messages_per_day=account.messages_per_day,
            used_today=self.store.sends(caller.organization).used_on(today),
        )

    def remember(self, caller: Caller) -> None:
        """Store the caller's address and role, if they are new."""
        remember_profile(self.store.settings(caller.organization), caller)

    def get_profile(self, caller: Caller) -> OwnProfile:
        """The caller's profile."""
        repository = self.store.settings(caller.organization)
        profile = profile_of(repository, caller)
        return OwnProfile(profile, repository.get_account().lets_owner_send(profile.email))

    def replace_profile(
        self,
        caller: Caller,
        wanted: Profile,
        *,
        version: int,
        problems: Sequence[Problem] = (),
    ) -> OwnProfile:
        """Store the caller's name, language and cleaned signature.

        ``version`` is the one read, ``problems`` were found while parsing. Raises InputError
        with every problem, ConflictError ``version_conflict``.
        """
        repository = self.store.settings(caller.organization)
        stored = profile_of(repository, caller)
        _ensure_none([*problems, *check_display_name(wanted.name, field="name")])
        _ensure_current(version, stored.version)
        saved = replace(
            wanted,
            user=caller.user,
            email=caller.email,
            role=stored.role,
            signature=self.cleaner.clean(wanted.signature),
            version=stored.version + 1,
        )
        repository.put_profile(saved)
        return OwnProfile(saved, repository.get_account().lets_owner_send(saved.email))


def _ensure_none(problems: list[Problem]) -> None:
    if problems:
        raise InputError(problems)


def _ensure_current(given: int, stored: int) -> None:
    if given != stored:
        raise ConflictError("version_conflict", version=stored)


def _people(repository: Settings, caller: Caller) -> Sequence[str]:
    """The verified addresses of the organization's people: also the caller's, which the token
    proves before a profile is stored."""
    return [*addresses_of(repository), caller.email]


def _normalised(address: str) -> str:
    addresses, problems = parse_addresses(address, field="default_sender")
    return addresses[0] if len(addresses) == 1 and not problems else address


def _check_settings(settings: OrganizationSettings) -> list[Problem]:
    problems = check_header(settings.name, field="name")
    if not is_timezone(settings.timezone):
        problems.append(Problem("timezone", "timezone_unknown"))
    return problems


def _check_default_sender(
    settings: OrganizationSettings, account: Account, people: Collection[str]
) -> list[Problem]:
    if not settings.default_sender:
        return []
    field = "default_sender"
    addresses, problems = parse_addresses(settings.default_sender, field=field)
    if problems:
        return problems
    if len(addresses) != 1:
        return [Problem(field, "one_address_expected")]
    if domain_of(addresses[0]) not in account.domains:
        domains = ", ".join(account.domains) or "-"
        return [Problem(field, "sender_domain_not_verified", {"domains": domains})]
    if not may_be_default_sender(addresses[0], account, lambda: people):
        allowed = ", ".join(
            shown_settings(settings, account, people).sender_addresses[:_NAMED_SENDERS]
        )
        params = {"domain": domain_of(addresses[0]), "addresses": allowed}
        return [Problem(field, "sender_not_allowed", {**params})]
    return []


def _derive_again(campaigns: Campaigns, campaign: Campaign) -> None:
    after = rederived(campaign)
    if after != campaign:
        with suppress(NotFoundError):
            # Refused if it was changed meanwhile, which used the present area.
            campaigns.change(campaign, after)


def _check_logo(logo: str, images: Images) -> list[Problem]:
    """Check that the data URI is a PNG or JPEG image of its declared kind, and not too large."""
    if not logo:
        return []
    image = _image_in(logo)
    if image is not None and len(image) > MAX_LOGO:
        return [Problem("logo", "logo_too_large", {"max_kilobytes": MAX_LOGO // 1024})]
    pixels = images.count_pixels(image) if image is not None else 0
    if not pixels:
        return [Problem("logo", "logo_invalid")]
    if pixels > MAX_LOGO_PIXELS:
        return [Problem("logo", "logo_too_many_pixels", {"max_pixels": MAX_LOGO_PIXELS})]
    return []


def _image_in(logo: str) -> bytes | None:
    """The image in a data URI; None when it is not of the kind that it declares."""
    head, _, data = logo.partition(",")
    try:
        image = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None
    return image if head in _LOGO_KINDS and image.startswith(_LOGO_KINDS[head]) else None
