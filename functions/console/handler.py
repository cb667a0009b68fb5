"""The console: static files of its build, and what it must know of where it is deployed.

Standard library only: this function has no layer and no permission.
"""

import base64
import json
import os
from pathlib import Path

_BUILD = Path(__file__).parent / "dist"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_NOTHING = "Cette adresse n’existe pas."
_FOR_EVER = "public, max-age=31536000, immutable"


def handler(event: dict[str, object], _context: object) -> dict[str, object]:
    """A file of the build; the page itself for any address that is one of the console's."""
    path, context = str(event["rawPath"]), event["requestContext"]
    is_read = isinstance(context, dict) and context["http"]["method"] in ("GET", "HEAD")
    if path.startswith("/v1/") or not is_read:
        problem = {"type": "urn:facteur:problem:route_not_found", "title": "Not Found"}
        told = {**problem, "status": 404, "detail": _NOTHING, "code": "route_not_found"}
        return _answer(404, json.dumps(told).encode(), "application/problem+json")
    if path == "/config.json":
        return _answer(200, os.environ["CONSOLE_CONFIG"].encode(), "application/json")
    name = path.lstrip("/")
    if path.startswith("/assets/") or "." in name.rpartition("/")[2]:
        return _file(name, event, cached=_FOR_EVER)
    return _file("index.html", event, cached="no-cache")


def _file(name: str, event: dict[str, object], *, cached: str) -> dict[str, object]:
    file = (_BUILD / name).resolve()
    kind = _TYPES.get(file.suffix)
    if kind is None or not file.is_relative_to(_BUILD.resolve()) or not file.is_file():
        return _answer(404, b"Not Found", "text/plain; charset=utf-8")
    given = event.get("headers")
    accepted = str(given.get("accept-encoding", "")) if isinstance(given, dict) else ""
    packed = file.with_name(f"{file.name}.br")
    headers = {"Cache-Control": cached, "Vary": "Accept-Encoding"}
    if "br" in accepted and packed.is_file():
        file, headers["Content-Encoding"] = packed, "br"
    return _answer(200, file.read_bytes(), kind, headers)


def _answer(
    status: int, content: bytes, kind: str, headers: dict[str, str] | None = None
) -> dict[str, object]:
    return {
        "statusCode": status,
        "headers": {"Content-Type": kind, "Cache-Control": "no-store", **_security()}
        | (headers or {}),
        "body": base64.b64encode(content).decode(),
        "isBase64Encoded": True,
    }


def _security() -> dict[str, str]:
    """Only our own scripts run; PDFs come from the archive, tokens from where people sign in."""
    archive, sign_in = os.environ.get("ARCHIVE_ORIGIN", ""), os.environ.get("SIGN_IN_ORIGINS", "")
    policy = [
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'",
        f"img-src 'self' data:; connect-src 'self' {archive} {sign_in}",
        f"frame-src 'self' blob: {archive}; object-src 'self' blob: {archive}",
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ]
    return {
        "Content-Security-Policy": "; ".join(" ".join(line.split()) for line in policy),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
    }
