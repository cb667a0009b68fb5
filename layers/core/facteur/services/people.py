"""Settings and account of an organization and profiles of its people, with defaults."""

from dataclasses import replace

from facteur.domain.account import Account
from facteur.domain.errors import ConflictError, NotFoundError
from facteur.domain.identity import Caller, UserId
from facteur.domain.settings import OrganizationSettings, Profile, Sender, sender_of
from facteur.ports import Settings


def settings_of(settings: Settings) -> OrganizationSettings:
    """The organization's settings, or the defaults when none were ever saved."""
    return settings.find_settings() or OrganizationSettings(name="")


def sender_for(
    settings: Settings, profile: Profile, stored: OrganizationSettings, account: Account
) -> Sender:
    """The sender of a person's mail. Raises ConflictError ``sender_not_verified``.

    The people are read only to check a default sender that operators did not give.
    """
    return sender_of(profile, stored, account, settings.list_addresses)


def profile_of(settings: Settings, caller: Caller) -> Profile:
    """The caller's profile, with the address of the token instead of the stored one."""
    stored = settings.find_profile(caller.user)
    if stored is None:
        return Profile(user=caller.user, name=caller.name, email=caller.email)
    return replace(stored, email=caller.email)


def remember_profile(settings: Settings, caller: Caller) -> Profile:
    """The caller's profile, stored if it differs, because workers read only stored profiles."""
    stored = settings.find_profile(caller.user)
    profile = profile_of(settings, caller)
    if stored == profile:
        return profile
    saved = replace(profile, version=profile.version + 1)
    try:
        settings.put_profile(saved)
    except ConflictError:
        # A concurrent request of the same person stored it first, with the same address.
        return profile_of(settings, caller)
    return saved


def stored_profile(settings: Settings, user: UserId) -> Profile:
    """A person's profile as it was last stored. Raises NotFoundError ``profile_not_found``."""
    profile = settings.find_profile(user)
    if profile is None:
        raise NotFoundError("profile_not_found")
    return profile
