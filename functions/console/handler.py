"""The console: the files of its build; the standard library only, no layer, no permission."""

import base64
import os
from pathlib import Path
from typing import Any

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_BUILD = Path(__file__).parent / "dist"
# Requested names are only looked up here: none is used as a path on disk.
_FILES = {f"/{file.relative_to(_BUILD).as_posix()}": file for file in _BUILD.rglob("*.*")}
_PAGES = {"/v1/docs": "/docs.html"}
_PROBLEM = """{"type": "urn:facteur:problem:route_not_found", "title": "Not Found", "status": 404,
"detail": "Cette adresse n’existe pas.", "code": "route_not_found"}"""

type Found = tuple[int, bytes, dict[str, str]]


def handler(event: dict[str, Any], _context: object) -> dict[str, object]:
    """Answer with a file of the build, or with index.html for a page of the console."""
    path, method = event["rawPath"], event["requestContext"]["http"]["method"]
    if (path.startswith("/v1/") and path not in _PAGES) or method not in ("GET", "HEAD"):
        status, content, headers = _text(404, "application/problem+json", _PROBLEM)
    else:
        status, content, headers = _read(path, event["headers"].get("accept-encoding", ""))
    if method == "HEAD":
        headers["Content-Length"], content = str(len(content)), b""
    return {
        "statusCode": status,
        "headers": {"Cache-Control": "no-store"} | _security() | headers,
        "body": base64.b64encode(content).decode(),
        "isBase64Encoded": True,
    }


def _read(path: str, accepted: str) -> Found:
    if path == "/config.json":
        return _text(200, "application/json", os.environ["CONSOLE_CONFIG"])
    is_asset = path.startswith("/assets/")
    name = path if is_asset or "." in path.rpartition("/")[2] else _PAGES.get(path, "/index.html")
    file, packed = _FILES.get(name), _FILES.get(f"{name}.br")
    kind = _TYPES.get(file.suffix) if file else None
    if file is None or kind is None:
        return _text(404, "text/plain; charset=utf-8", "Not Found")
    cached = "public, max-age=31536000, immutable" if is_asset else "no-cache"  # named by content
    headers = {"Content-Type": kind, "Cache-Control": cached, "Vary": "Accept-Encoding"}
    if "br" in accepted and packed:
        file, headers["Content-Encoding"] = packed, "br"
    return 200, file.read_bytes(), headers


def _text(status: int, kind: str, text: str) -> Found:
    return status, text.encode(), {"Content-Type": kind}


def _security() -> dict[str, str]:
    """Security headers: scripts only from this origin, PDFs from the archive, sign-in allowed."""
    archive, sign_in = os.environ.get("ARCHIVE_ORIGIN", ""), os.environ.get("SIGN_IN_ORIGINS", "")
    policy = [
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'",
        f"font-src 'self'; img-src 'self' data:; connect-src 'self' {archive} {sign_in}",
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
