"""Makes a Send ready for writing its messages, once a process."""

from collections import OrderedDict
from dataclasses import dataclass, field

from facteur.domain.identity import OrgId, SendId
from facteur.domain.send import Send
from facteur.ports import Archive, Attachment, Composer, Composition

_KEPT = 4
"""Compositions kept: each holds its attachments in base64, up to 25 MB."""


@dataclass(frozen=True, slots=True)
class ComposedSends:
    """The compositions a process used last: what the messages of a Send share is encoded once."""

    archive: Archive
    composer: Composer
    _kept: OrderedDict[tuple[OrgId, SendId], Composition] = field(default_factory=OrderedDict)

    def get(self, organization: OrgId, send: Send) -> Composition:
        """The composition of a Send, with the very bytes that were archived for it."""
        key = (organization, send.id)
        if key not in self._kept:
            self._kept[key] = self._compose(organization, send)
        self._kept.move_to_end(key)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _compose(self, organization: OrgId, send: Send) -> Composition:
        attachments = [
            Attachment(document.filename, self.archive.get(organization, document.sha256))
            for document in send.documents
        ]
        return self.composer.compose(send, attachments)
