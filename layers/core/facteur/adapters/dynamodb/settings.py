"""Settings of one organization and profiles of its people: one item each, edited by version."""

from collections.abc import Iterator
from dataclasses import dataclass

from facteur.adapters.dynamodb.account_items import account_from
from facteur.adapters.dynamodb.attributes import (
    Item,
    number,
    read_number,
    read_text,
    read_texts,
    text,
    texts,
)
from facteur.adapters.dynamodb.expression import Expression, Update
from facteur.adapters.dynamodb.keys import ALL_PROFILES, Keys, user_in
from facteur.adapters.dynamodb.table import Table
from facteur.domain.account import Account
from facteur.domain.errors import ConflictError
from facteur.domain.identity import UserId, UserRole
from facteur.domain.public_holidays import DEFAULT_COUNTRY
from facteur.domain.settings import (
    DEFAULT_TIMEZONE,
    OrganizationSettings,
    Profile,
)
from facteur.locales import DEFAULT_LOCALE, Locale

_TEXTS = (
    "name",
    "legal_form",
    "capital",
    "siren",
    "siret",
    "rcs",
    "vat_number",
    "iban",
    "bic",
    "payment_terms",
    "logo",
    "default_sender",
    "timezone",
    "country",
    "region",
)


@dataclass(frozen=True, slots=True)
class DynamoSettings:
    """The port ``Settings``."""

    table: Table
    keys: Keys

    def find_settings(self) -> OrganizationSettings | None:
        item = self.table.get(self.keys.settings())
        return settings_from(item) if item is not None else None

    def put_settings(self, settings: OrganizationSettings) -> None:
        fields: Item = {name: text(getattr(settings, name)) for name in _TEXTS}
        fields |= {"address": texts(settings.address), "locale": text(settings.locale)}
        self._put(self.keys.settings(), fields, settings.version)

    def find_profile(self, user: UserId) -> Profile | None:
        item = self.table.get(self.keys.profile(user))
        return _profile_from(item) if item is not None else None

    def list_profiles(self) -> Iterator[Profile]:
        people = self.keys.people()
        items = self.table.query(people, ALL_PROFILES, newest_first=False, consistent=True)
        return map(_profile_from, items)

    def refresh_profile(self, profile: Profile) -> None:
        expression = Expression()
        known: Item = {"email": text(profile.email), "role": text(profile.role)}
        changes = expression.set_all(known)
        for name, value in _edited_fields(profile).items():
            own = expression.name(name)
            changes += f", {own} = if_not_exists({own}, {expression.value(value)})"
        key = self.keys.profile(profile.user)
        self.table.write(Update(key=key, changes=changes, expression=expression))

    def get_account(self) -> Account:
        item = self.table.get(self.keys.account())
        if item is not None:
            return account_from(item)
        settings = self.find_settings()
        return Account(shared_domains=settings.sender_domains if settings is not None else ())

    def put_profile(self, profile: Profile) -> None:
        fields = {"email": text(profile.email), "role": text(profile.role)}
        fields |= _edited_fields(profile)
        self._put(self.keys.profile(profile.user), fields, profile.version)

    def _put(self, key: Item, fields: Item, version: int) -> None:
        """Set ``fields`` of an item, if its stored version is ``version - 1``."""
        fields = fields | {"version": number(version)}
        expression = Expression()
        if version == 1:
            # An item that no person has saved has no version.
            condition = expression.absent("version")
        else:
            condition = expression.compare("version", "=", number(version - 1))
        refusal = self.table.write(
            Update(
                key=key,
                changes=expression.set_all(fields),
                condition=condition,
                expression=expression,
            )
        )
        # After a lost response the SDK repeats the write: the stored item is then our own.
        if refusal is not None and not fields.items() <= refusal.stored.items():
            raise ConflictError("version_conflict", version=read_number(refusal.stored, "version"))


def _edited_fields(profile: Profile) -> Item:
    """What a person edits of their profile."""
    return {
        "name": text(profile.name),
        "signature": text(profile.signature),
        "locale": text(profile.locale),
    }


def _profile_from(item: Item) -> Profile:
    return Profile(
        user=user_in(item),
        name=read_text(item, "name"),
        email=read_text(item, "email"),
        signature=read_text(item, "signature"),
        locale=Locale(read_text(item, "locale")),
        # Version 0.1.0 stored no role; then nobody was an administrator.
        role=UserRole(read_text(item, "role") or UserRole.MEMBER),
        version=read_number(item, "version"),
    )


def settings_from(item: Item) -> OrganizationSettings:
    """The settings stored in an item."""
    # An item that only operators have written has neither language nor time zone.
    return OrganizationSettings(
        name=read_text(item, "name"),
        legal_form=read_text(item, "legal_form"),
        capital=read_text(item, "capital"),
        address=read_texts(item, "address"),
        siren=read_text(item, "siren"),
        siret=read_text(item, "siret"),
        rcs=read_text(item, "rcs"),
        vat_number=read_text(item, "vat_number"),
        iban=read_text(item, "iban"),
        bic=read_text(item, "bic"),
        payment_terms=read_text(item, "payment_terms"),
        logo=read_text(item, "logo"),
        default_sender=read_text(item, "default_sender"),
        sender_domains=read_texts(item, "sender_domains"),
        timezone=read_text(item, "timezone") or DEFAULT_TIMEZONE,
        # Earlier versions stored no country.
        country=read_text(item, "country") if "country" in item else DEFAULT_COUNTRY,
        region=read_text(item, "region"),
        locale=Locale(read_text(item, "locale") or DEFAULT_LOCALE),
        version=read_number(item, "version"),
    )
