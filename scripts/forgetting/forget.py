"""Forgets a person everywhere. Every step may be repeated: after a crash, run it again.

The order matters. What tells that the person is there at all (staff lists, profile, account) goes
last, so that a run that was interrupted finds them again under all of their names.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import Item
from facteur.adapters.dynamodb.forgetting import DynamoForgetting, Erasure
from facteur.adapters.dynamodb.places import Kind, Place
from facteur.domain.identity import CampaignId, DocumentId, GroupId, OrgId, SendId
from scripts.forgetting.campaigns import ForgetInCampaigns
from scripts.forgetting.documents import ForgetInDocuments
from scripts.forgetting.groups import ForgetInGroups
from scripts.forgetting.outside import Accounts, Surroundings
from scripts.forgetting.pdfs import ForgetPdfs
from scripts.forgetting.report import Report
from scripts.forgetting.search import Search, Wanted
from scripts.forgetting.users import ForgetUsers
from scripts.stack import StackError

_log = logging.getLogger(__name__)

_WHY = {
    Kind.SETTINGS: "the organization's own settings name the person (sender, name or address):"
    " an administrator must change them",
    Kind.DOCUMENT: "names the person: an invoice or order that was sent is kept for ten years"
    " (Code de commerce, L. 123-22); otherwise edit it or delete it",
    Kind.CAMPAIGN: "names the person: it is being deleted, or its text must be edited",
    Kind.GROUP: "names the person: edit it",
    Kind.KNOWN: "names the person: run again",
    Kind.STANDING: "names the person: run again",
    Kind.SEND: "names the person: run again",
    Kind.RECORD: "names the person in its key: it expires within some days",
    Kind.PROFILE: "another person's profile names the person: its owner must edit it",
    Kind.ACCOUNT: "the address is one that operators gave the organization as a sender:"
    " see `make remove-sender-address`",
    Kind.WEBHOOK: "the address of a webhook names the person, and an administrator must change it,"
    " or an answer of its receiver does, which is deleted after 30 days",
    Kind.CLIENT: "names the person: see `make client` and `make remove-client`",
    Kind.OTHER: "names the person: this version does not know what it is",
}
_ORDER = (
    Kind.SEND,
    Kind.CAMPAIGN,
    Kind.GROUP,
    Kind.KNOWN,
    Kind.STANDING,
    Kind.RECORD,
    Kind.DOCUMENT,
)
_UNFINISHED = "is still being sent: run again when it is finished, after 72 hours at most"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPerson:
    """The whole of it, on one table."""

    search: Search
    accounts: Accounts
    surroundings: Surroundings
    campaigns: ForgetInCampaigns
    groups: ForgetInGroups
    documents: ForgetInDocuments
    users: ForgetUsers
    pdfs: ForgetPdfs

    def forget(
        self,
        address: str,
        *,
        is_user: bool,
        names: Iterable[str] = (),
        delete_pdfs: bool = False,
    ) -> Report:
        """Remove whoever has this address; ``names`` are further full names of theirs.

        ``is_user``: their account goes too. Raises StackError when they sign in and it is not set.
        """
        account = self.accounts.find_account(address)
        if account is not None and not is_user:
            raise StackError("this address signs in: use USER= in place of ADDRESS=")
        report = Report()
        if account is not None:
            self.accounts.lock_out(address)
        wanted = self.search.identify(address, names, account)
        pdfs = self.pdfs.examine(wanted, report, delete=delete_pdfs)
        found = list(self.search.items_of(wanted))
        for organization, send in pdfs.sends:
            found.append((Place(organization, Kind.SEND, send), {}))
        self._erase(found, wanted, pdfs.deleted, report)
        self.pdfs.delete(pdfs, report)
        self.users.erase(found, wanted, report)
        if account is not None:
            self.accounts.delete(address)
            report.say(account.organization, "account", account.user, "deleted")
        for name in self.surroundings.erase(address):
            report.say(OrgId(""), name, "", "address removed")
        self._check(wanted, report)
        return report

    def _erase(
        self,
        found: list[tuple[Place, Item]],
        wanted: Wanted,
        deleted_pdfs: frozenset[str],
        report: Report,
    ) -> None:
        for kind in _ORDER:
            places = {place: item for place, item in found if place.kind is kind}
            for place, item in places.items():
                try:
                    self._erase_one(place, item, wanted, deleted_pdfs, report)
                except Exception as error:  # noqa: BLE001 - one broken item must not keep the others
                    keys = {"organization": place.organization, "id": place.id}
                    _log.exception("not erased", extra=keys)
                    why = f"could not be changed ({type(error).__name__}): run again"
                    report.ask(place.organization, place.kind, _id_of(place), why)

    def _erase_one(
        self,
        place: Place,
        item: Item,
        wanted: Wanted,
        deleted_pdfs: frozenset[str],
        report: Report,
    ) -> None:
        redaction = wanted.redaction(place.organization)
        items = DynamoForgetting(self.search.table, place.organization)
        match place.kind:
            case Kind.SEND:
                erased = items.erase_from_send(SendId(place.id), redaction, pdfs=deleted_pdfs)
                _report_send(place, erased, report)
            case Kind.CAMPAIGN:
                self.campaigns.erase(place.organization, CampaignId(place.id), wanted, report)
            case Kind.GROUP:
                self.groups.erase(place.organization, GroupId(place.id), wanted, report)
            case Kind.KNOWN | Kind.STANDING:
                items.erase_from_address(item, redaction)
                report.say(place.organization, place.kind, "", "person erased")
            case Kind.DOCUMENT:
                self.documents.erase(place.organization, DocumentId(place.id), wanted, report)
            case Kind.RECORD if items.erase_from_record(item, redaction):
                report.say(place.organization, place.kind, _id_of(place), "person erased")

    def _check(self, wanted: Wanted, report: Report) -> None:
        """Read everything once more: what still names the person is for a person to decide."""
        asked = {(one.organization, one.kind, one.id) for one in report.undecided}
        for place, item in self.search.items_of(wanted):
            organization = place.organization
            identity = (organization, place.kind, _id_of(place))
            if place.kind is Kind.POSTING:
                # One that belongs to a Send says what the Send says, which is read here too.
                items = DynamoForgetting(self.search.table, organization)
                if items.erase_posting(item):
                    report.say(*identity, "deleted: its send does not say so")
                continue
            if identity not in asked:
                report.ask(organization, place.kind, _id_of(place), _WHY[place.kind])
        if count := self.surroundings.count_dead_events():
            why = f"{count} events of SES that name addresses lie there for up to 14 days"
            report.ask(OrgId(""), "queue", "ReceiptsDeadLetters", why)


def _report_send(place: Place, erased: Erasure, report: Report) -> None:
    if erased is Erasure.UNFINISHED:
        report.ask(place.organization, place.kind, place.id, _UNFINISHED)
    elif erased is Erasure.ERASED:
        report.say(place.organization, place.kind, place.id, "person erased")


def _id_of(place: Place) -> str:
    """The id of a place; of a record without the key that a client made up, of an address none."""
    if place.kind in (Kind.KNOWN, Kind.STANDING):
        return ""
    is_record = place.kind is Kind.RECORD
    return place.id.rpartition("#")[0] if is_record else place.id
