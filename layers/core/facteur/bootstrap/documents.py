"""The function ``documents``: create, change, publish and show documents, open the send form."""

from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.bootstrap.on_demand import RendererOnDemand
from facteur.ports import (
    Archive,
    Clients,
    Clock,
    Ids,
    Inspector,
    Renderer,
    Store,
    Uploads,
)
from facteur.services.documents.duplicate import DuplicateDocument
from facteur.services.documents.edit import EditDocuments
from facteur.services.documents.preview import PreviewDocument
from facteur.services.documents.propose import ProposeFields
from facteur.services.documents.upload import OpenUpload, TakeUpload
from facteur.services.documents.warn import WarnOfDocuments
from facteur.services.sending.prefill import PrefillSend


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsServices:
    """The services of the function."""

    clients: Clients
    edit: EditDocuments
    duplicate: DuplicateDocument
    propose: ProposeFields
    warn: WarnOfDocuments
    preview: PreviewDocument
    prefill: PrefillSend
    upload: OpenUpload


def documents_services(
    *,
    store: Store,
    clients: Clients,
    archive: Archive,
    uploads: Uploads,
    inspector: Inspector,
    renderer: Renderer,
    clock: Clock,
    ids: Ids,
) -> DocumentsServices:
    """The services on these ports."""
    return DocumentsServices(
        clients=clients,
        edit=EditDocuments(
            store=store,
            clock=clock,
            ids=ids,
            take=TakeUpload(uploads=uploads, archive=archive, inspector=inspector),
            renderer=renderer,
        ),
        duplicate=DuplicateDocument(store=store, clock=clock, ids=ids),
        propose=ProposeFields(store=store, clock=clock),
        warn=WarnOfDocuments(store=store, renderer=renderer),
        preview=PreviewDocument(store=store, renderer=renderer, archive=archive, clock=clock),
        prefill=PrefillSend(store=store, renderer=renderer),
        upload=OpenUpload(store=store, uploads=uploads, clock=clock, ids=ids),
    )


@cache
def documents() -> DocumentsServices:
    """The services on AWS, as the environment of the function says."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.inspector import INSPECTION_CALL, LambdaInspector
    from facteur.adapters.s3 import S3Archive, S3Uploads
    from facteur.settings import DocumentsSettings

    settings = DocumentsSettings.from_environment()
    dynamodb, s3 = shared.dynamodb_client(), shared.s3_client()
    return documents_services(
        store=shared.store(dynamodb, settings.table_name),
        clients=DynamoClients(dynamodb, settings.table_name),
        archive=S3Archive(s3, bucket=settings.archive_bucket),
        uploads=S3Uploads(s3, bucket=settings.archive_bucket),
        inspector=LambdaInspector(
            shared.client("lambda", config=INSPECTION_CALL), function=settings.inspect_function
        ),
        renderer=RendererOnDemand(),
        clock=bootstrap.CLOCK,
        ids=UlidIds(),
    )
