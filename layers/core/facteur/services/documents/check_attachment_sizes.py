"""Checks that the campaigns with a document stay within the size limit when its PDF changes."""

from facteur.domain.document import Document
from facteur.domain.errors import InputError, Problem
from facteur.domain.identity import OrgId
from facteur.ports import Store
from facteur.services.documents.attach import check_size, uploaded_sizes
from facteur.services.documents.choose import find_document

MAX_NAMED_CAMPAIGNS = 10
"""Campaigns that are named in a refusal to change or delete a document; it counts all."""


def ensure_campaigns_fit(
    store: Store, organization: OrgId, edited: Document, *, stored: Document
) -> None:
    """Raises InputError ``campaigns_too_heavy`` on ``upload_id``, naming the active and paused
    campaigns whose uploaded PDFs would be too large together.

    Other documents are not counted, because their PDFs are rendered only when sent.
    """
    if sum(uploaded_sizes([edited])) <= sum(uploaded_sizes([stored])):
        return
    documents = store.documents(organization)
    names: list[str] = []
    figures: list[Problem] = []
    for campaign in store.campaigns(organization).using(edited.id):
        others = (find_document(documents, id_) for id_ in campaign.draft.document_ids)
        sent = [edited, *(other for other in others if other is not None and other.id != edited.id)]
        if too_heavy := check_size(uploaded_sizes(sent)):
            names.append(campaign.draft.name)
            figures += too_heavy
    if figures:
        heaviest = max(figures, key=lambda problem: problem.params["megabytes"])
        params = heaviest.params | {
            "campaigns": ", ".join(names[:MAX_NAMED_CAMPAIGNS]),
            "count": len(names),
        }
        raise InputError([Problem("upload_id", "campaigns_too_heavy", params)])
