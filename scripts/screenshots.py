"""Take the README's screenshots of the console, on the demo data.

Run as ``python -m scripts.screenshots``; writes docs/screens/*.png.
"""

import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "screens"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"]
DESK, PHONE = (1280, 800), (360, 740)
COLOURS = 256
"""Enough for flat colours and smoothed text; a picture takes half of its full-colour size."""


def main() -> None:
    """Start the local mode on a free port, and take every screenshot."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium on this machine: run make browser")
    TARGET.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, path in _paths(address).items():
            _shoot(browser, name, address + path, DESK)
        for name, path in {"campagnes": "/campagnes", "historique": "/historique"}.items():
            _shoot(browser, f"{name}-mobile", address + path, PHONE, scheme="dark")


@contextmanager
def demo() -> Iterator[str]:
    """The address of a local mode with the demo data, which goes when it is left."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "local", "--port", str(port), "--data", data]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


@contextmanager
def prepared(address: str) -> Iterator[httpx.Client]:
    """A signed-in client, once the demo data is there and a send has failed."""
    with httpx.Client(base_url=address, timeout=120) as client:
        _await(client)
        token = client.post("/local/login", json={"email": "demo@atelier-durand.example"}).json()
        client.headers["Authorization"] = f"Bearer {token['token']}"
        while not any(send["status"] == "failed" for send in _items(client, "/v1/sends")):
            time.sleep(0.2)
        yield client


def _paths(address: str) -> dict[str, str]:
    """Screenshot → its page, two months later."""
    with prepared(address) as client:
        client.post("/local/clock", json={"advance": "P2M"})
        invoice = next(one for one in _items(client, "/v1/documents") if one["type"] == "invoice")
        campaign = _items(client, "/v1/campaigns")[-1]
        failed = _items(client, "/v1/sends?status=failed")[0]
    return {
        "campagnes": "/campagnes",
        "editeur": f"/campagnes/{campaign['id']}/modifier",
        "historique": "/historique",
        "detail": f"/historique/{failed['id']}",
        "document": f"/documents/{invoice['id']}",
        "envoyer": f"/documents/{invoice['id']}/envoyer",
        "courrier": "/courrier",
    }


def _await(client: httpx.Client) -> None:
    while True:
        try:
            client.get("/healthz").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return


def _items(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(path).json()["items"]
    return found


def _shoot(
    browser: Browser,
    name: str,
    url: str,
    size: tuple[int, int],
    *,
    scheme: Literal["light", "dark"] = "light",
) -> None:
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    # Mails and PDFs are rendered in frames, which have no event for when they are done.
    page.wait_for_timeout(1_000)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE).save(
        TARGET / f"{name}.png", optimize=True
    )
    context.close()


if __name__ == "__main__":
    main()
