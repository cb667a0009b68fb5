"""Archived PDFs that name a person: they cannot be edited, only kept or deleted.

Invoices and orders are kept for ten years (Code de commerce, L. 123-22). The PDFs of staff lists
need not be kept: they are deleted when the operator says so.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from facteur.adapters.dynamodb.forgetting import DynamoForgetting
from facteur.adapters.dynamodb.places import Kind
from facteur.domain.content import DocumentType
from facteur.domain.identity import OrgId, SendId
from facteur.ports import Clock
from scripts.forgetting.outside import Files, FileVersion
from scripts.forgetting.report import Report
from scripts.forgetting.search import PdfReference, Search, Wanted

_YEARS = 10
_LIST = "a staff list that names the person: DELETE_PDFS=1 deletes it"
_RECORD = (
    "an invoice or order that names the person: kept until {until} (Code de commerce, L. 123-22)"
)
_IN_USE = (
    "the uploaded PDF of a document names the person: replace the upload or delete the document"
)
_UNFINISHED = "names the person, and a send of it is not finished: run again"
_UNREADABLE = "has no text that could be searched, and goes with a send or document of the person"


@dataclass(frozen=True, slots=True)
class PdfsOfPerson:
    """The versions to delete, the hashes that Sends must no longer name, and these Sends."""

    versions: tuple[FileVersion, ...] = ()
    deleted: frozenset[str] = frozenset()
    sends: frozenset[tuple[OrgId, SendId]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPdfs:
    """Decides about each PDF by the documents it was sent as."""

    search: Search
    files: Files
    clock: Clock

    def examine(self, wanted: Wanted, report: Report, *, delete: bool) -> PdfsOfPerson:
        """Find the PDFs; note those that stay. Previews and uploads last a day: always deleted."""
        found, unreadable = self.search.pdfs_of(wanted)
        references = self.search.references_to([*found, *unreadable])
        chosen: list[FileVersion] = []
        for version in found:
            reason = None if version.is_temporary else self._reason(references[version.key], delete)
            if reason is None:
                chosen.append(version)
            else:
                report.ask(version.organization, "PDF", _named(version), reason)
        self._ask_about_unreadable(unreadable, references, wanted, report)
        archived = [one for one in chosen if not one.is_temporary]
        return PdfsOfPerson(
            versions=tuple(chosen),
            deleted=frozenset(one.sha256 for one in archived),
            sends=frozenset(
                (reference.place.organization, SendId(reference.place.id))
                for one in archived
                for reference in references[one.key]
            ),
        )

    def delete(self, pdfs: PdfsOfPerson, report: Report) -> None:
        """Delete the versions, once no Send names them any more."""
        for version in pdfs.versions:
            self.files.delete(version)
            report.say(version.organization, "PDF", _named(version), "deleted")

    def _reason(self, references: Collection[PdfReference], delete: bool) -> str | None:
        """Why a PDF stays, None when it is deleted."""
        if any(one.place.kind is Kind.DOCUMENT for one in references):
            return _IN_USE
        today = self.clock.now().date()
        kept = [until for one in references if (until := _kept_until(one)) > today]
        if kept:
            return _RECORD.format(until=max(kept))
        if not all(self._is_finished(one) for one in references):
            return _UNFINISHED
        return None if delete else _LIST

    def _is_finished(self, reference: PdfReference) -> bool:
        items = DynamoForgetting(self.search.table, reference.place.organization)
        return items.is_finished(SendId(reference.place.id))

    def _ask_about_unreadable(
        self,
        unreadable: list[FileVersion],
        references: dict[str, set[PdfReference]],
        wanted: Wanted,
        report: Report,
    ) -> None:
        """A scan is named only where the person got it or stands in its document."""
        if not unreadable:
            return
        own = {place for place, _ in self.search.items_of(wanted)}
        for version in unreadable:
            if any(one.place in own for one in references.get(version.key, ())):
                report.ask(version.organization, "PDF", _named(version), _UNREADABLE)


def _kept_until(reference: PdfReference) -> dt.date:
    """The day until which a document must be kept; a day in the past for a staff list."""
    if reference.type == DocumentType.STAFF_LIST:
        return dt.date.min
    day = dt.date.fromisoformat(reference.date)
    # The accounts of a year are closed at its end.
    return dt.date(day.year + _YEARS, 12, 31)


def _named(version: FileVersion) -> str:
    return f"{version.key} (version {version.version})"
