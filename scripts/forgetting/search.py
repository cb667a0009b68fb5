"""Finds a person: reads every item of the table and every stored PDF."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from facteur.adapters.dynamodb.attributes import Item, read_text
from facteur.adapters.dynamodb.forgetting import texts_in
from facteur.adapters.dynamodb.places import Kind, Place, place_of
from facteur.adapters.dynamodb.table import Table
from facteur.domain.forgetting import Json, Redaction, names_in
from facteur.domain.identity import OrgId, UserId
from scripts.forgetting.outside import Account, Files, FileVersion
from scripts.forgetting.pdf_text import PdfTexts


@dataclass(frozen=True, slots=True)
class PdfReference:
    """A Send or document that refers to a stored PDF."""

    place: Place
    type: str
    date: str


@dataclass(slots=True)
class Wanted:
    """One person: an address, and per organization the names and the user that go with it."""

    address: str
    given_names: tuple[str, ...] = ()
    users: dict[OrgId, set[UserId]] = field(default_factory=lambda: defaultdict(set))
    names: dict[OrgId, set[str]] = field(default_factory=lambda: defaultdict(set))

    def redaction(self, organization: OrgId) -> Redaction:
        names = {*self.given_names, *self.names.get(organization, ())}
        return Redaction(organization, self.address, names)

    def is_user(self, place: Place) -> bool:
        """Is this the place of somebody that signed in with the address?"""
        return UserId(place.id) in self.users.get(place.organization, ())


@dataclass(frozen=True, slots=True)
class Search:
    """Reads a table and files for one person."""

    table: Table
    files: Files

    def identify(
        self, address: str, names: Iterable[str], account: Account | None = None
    ) -> Wanted:
        """The person with the names that staff lists and profiles give them."""
        wanted = Wanted(Redaction(OrgId(""), address).address, tuple(names))
        if account is not None and account.organization:
            wanted.users[account.organization].add(account.user)
            _add_name(wanted, account.organization, account.name)
        for item in self.table.scan():
            place = place_of(item)
            plain = Redaction(place.organization, address)
            if place.kind is Kind.PROFILE and plain.is_theirs(read_text(item, "email")):
                wanted.users[place.organization].add(UserId(place.id))
                _add_name(wanted, place.organization, read_text(item, "name"))
            elif place.kind is Kind.DOCUMENT:
                for name in _names_beside(texts_in(item), plain):
                    _add_name(wanted, place.organization, name)
        return wanted

    def items_of(self, wanted: Wanted) -> Iterator[tuple[Place, Item]]:
        """Every item that names the person, belongs to their account, or is a campaign of it."""
        redactions: dict[OrgId, Redaction] = {}
        for item in self.table.scan():
            place = place_of(item)
            organization = place.organization or OrgId(read_text(item, "organization"))
            redaction = redactions.setdefault(organization, wanted.redaction(organization))
            user = {"owner": read_text(item, "owner"), "user": read_text(item, "user")}
            is_own = not wanted.users.get(organization, set()).isdisjoint(
                map(UserId, user.values())
            )
            is_own = is_own or (place.kind is Kind.PROFILE and wanted.is_user(place))
            if is_own or redaction.is_in(texts_in(item)) or _posting_names(item, place, redaction):
                yield place, item

    def pdfs_of(self, wanted: Wanted) -> tuple[list[FileVersion], list[FileVersion]]:
        """The stored PDFs that name the person, and those that cannot be read for it.

        A scanned page has no text: its PDF is among the second ones.
        """
        found: list[FileVersion] = []
        unreadable: list[FileVersion] = []
        known: dict[str, bool | None] = {}
        with PdfTexts() as texts:
            for version in self.files.list_versions():
                # An archived PDF has its content's hash as key; other keys are written once.
                if version.key not in known:
                    known[version.key] = _names(
                        texts.read(self.files.read(version)), version, wanted
                    )
                names = known[version.key]
                if names is None:
                    unreadable.append(version)
                elif names:
                    found.append(version)
        return found, unreadable

    def references_to(self, pdfs: Iterable[FileVersion]) -> dict[str, set[PdfReference]]:
        """Key of a PDF → the Sends and documents that refer to it."""
        keys = {(one.organization, one.sha256): one.key for one in pdfs}
        found: dict[str, set[PdfReference]] = defaultdict(set)
        for item in self.table.scan() if keys else ():
            place = place_of(item)
            for sha256, document_type, day in _hashes_in(texts_in(item)):
                if (key := keys.get((place.organization, sha256))) is not None:
                    found[key].add(PdfReference(place, document_type, day))
        return found


def _names(text: str | None, version: FileVersion, wanted: Wanted) -> bool | None:
    if text is None:
        return None
    redaction = wanted.redaction(version.organization)
    # A narrow column breaks an address anywhere.
    joined = "".join(text.split()).casefold()
    return redaction.names_them(text) or redaction.address in joined


def _names_beside(texts: Json, redaction: Redaction) -> set[str]:
    contents = [one for one in texts if isinstance(one, dict)] if isinstance(texts, list) else []
    return {name for content in contents for name in names_in(content, redaction)}


def _add_name(wanted: Wanted, organization: OrgId, name: str) -> None:
    # A single word, or the address itself, would be found in texts about other people.
    if len(name.split()) > 1 and "@" not in name:
        wanted.names[organization].add(name)


def _posting_names(item: Item, place: Place, redaction: Redaction) -> bool:
    is_posting = place.kind is Kind.POSTING
    return is_posting and redaction.names_them_normalised(read_text(item, "words"))


def _hashes_in(value: Json) -> Iterator[tuple[str, str, str]]:
    """SHA-256, type and date of the documents in the texts of an item."""
    match value:
        case list():
            for inner in value:
                yield from _hashes_in(inner)
        case {"upload": {"sha256": str(sha256)}, **content}:
            yield sha256, str(content.get("type", "")), str(content.get("date", ""))
        case {"sha256": str(sha256), **document}:
            yield sha256, str(document.get("type", "")), str(document.get("date", ""))
        case dict():
            for inner in value.values():
                yield from _hashes_in(inner)
