"""The function ``inspect``: checks uploaded PDFs, for ``documents``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from facteur.bootstrap import shared
from facteur.domain.identity import OrgId
from facteur.domain.inspection import Inspection
from facteur.services.documents.inspect import InspectUpload


@dataclass(frozen=True, slots=True)
class InspectWorker:
    """``read`` parses a request into organization and upload; ``write`` makes the answer."""

    read: Callable[[Mapping[str, Any]], tuple[OrgId, str]]
    inspect_upload: InspectUpload
    write: Callable[[Inspection], dict[str, Any]]


@cache
def inspect() -> InspectWorker:
    """The worker on AWS, as the environment of the function says."""
    from facteur.adapters.inspector import read_request, write_answer
    from facteur.adapters.s3 import S3Uploads
    from facteur.adapters.upload_check.checker import StrictPdfChecker
    from facteur.settings import InspectSettings

    settings = InspectSettings.from_environment()
    uploads = S3Uploads(shared.s3_client(), bucket=settings.archive_bucket)
    return InspectWorker(
        read=read_request,
        inspect_upload=InspectUpload(uploads=uploads, checker=StrictPdfChecker()),
        write=write_answer,
    )
