"""Settings and account of an organization and profiles of its people, with defaults."""

from dataclasses import replace

from facteur.domain.account import Account
from facteur.domain.errors import NotFoundError
from facteur.domain.identity import Caller, UserId, UserRole
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
    return sender_of(profile, stored, account, lambda: addresses_of(settings))


def addresses_of(settings: Settings) -> list[str]:
    """The verified addresses of the organization's people, as their last tokens said."""
    return [profile.email for profile in settings.list_profiles()]


def profile_of(settings: Settings, caller: Caller) -> Profile:
    """The caller's profile, with the address and role of the token instead of the stored ones."""
    return _current(settings.find_profile(caller.user), caller)


def remember_profile(settings: Settings, caller: Caller) -> Profile:
    """The caller's profile, stored if it differs, because workers read only stored profiles."""
    stored = settings.find_profile(caller.user)
    profile = _current(stored, caller)
    if stored == profile:
        return profile
    settings.refresh_profile(profile)
    # A concurrent request of the same person may have saved a signature.
    return profile_of(settings, caller)


def _current(stored: Profile | None, caller: Caller) -> Profile:
    if stored is None:
        return Profile(user=caller.user, name=caller.name, email=caller.email, role=caller.role)
    # An application is a member; the person it acts as may be an administrator all the same.
    role = stored.role if caller.is_application else caller.role
    return replace(stored, email=caller.email, role=role)


def stored_profile(settings: Settings, user: UserId) -> Profile:
    """A person's profile as it was last stored. Raises NotFoundError ``profile_not_found``."""
    profile = settings.find_profile(user)
    if profile is None:
        raise NotFoundError("profile_not_found")
    return profile


def administrators_of(settings: Settings) -> list[Profile]:
    """The organization's administrators, as their last tokens said."""
    return [profile for profile in settings.list_profiles() if profile.role is UserRole.ADMIN]
