"""Responses that are files, or links to files."""

import json
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from aws_lambda_powertools.event_handler import Response

from facteur.domain.errors import InputError, Problem
from facteur.domain.requests import MAX_RESPONSE_TEXT
from facteur.http.document_responses import LinkAnswer
from facteur.http.export import Line, csv_of
from facteur.http.request import Request
from facteur.locales import Locale

type File = Response[str]

LinkOrFile = LinkAnswer | File
"""A plain union, not a ``type``: scripts/openapi.py reads its alternatives."""


def link_response(request: Request[Any], url: str) -> LinkOrFile:
    """The link as JSON when the request accepts JSON, else a redirect to it."""
    if request.accepts_json:
        return LinkAnswer(url=url)
    return Response(status_code=302, content_type=None, body="", headers={"Location": url})


def export_response(lines: Iterable[Line], *, zone: ZoneInfo, locale: Locale) -> File:
    """The table as a CSV file. Raises InputError when it is too large for a response."""
    text = csv_of(lines, zone=zone, locale=locale)
    if len(json.dumps(text, ensure_ascii=False).encode()) > MAX_RESPONSE_TEXT:
        raise InputError([Problem("from", "export_too_heavy")])
    return _file(text, "text/csv; charset=utf-8", filename="facteur.csv", shown="attachment")


def source_response(source: bytes, *, filename: str) -> File:
    """The source of a message as a file; the composer writes only ASCII."""
    text = source.decode("ascii")
    return _file(text, "message/rfc822", filename=filename, shown="inline")


def _file(text: str, media_type: str, *, filename: str, shown: str) -> File:
    return Response(
        status_code=200,
        content_type=media_type,
        body=text,
        headers={"Content-Disposition": f'{shown}; filename="{filename}"'},
    )
