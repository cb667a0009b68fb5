"""A host application, with the commands of the README."""

import subprocess
from pathlib import Path

import pytest

from tests.e2e_api.facteur import Facteur
from tests.e2e_api.test_uploads import attached, made_elsewhere
from tests.support.client import DEMO

README = Path(__file__).parents[2] / "README.md"


def lines_of_the_readme(facteur: Facteur) -> str:
    text = README.read_text("utf-8").partition("<!-- host-application -->")[2]
    lines = text.partition("```bash")[2].partition("```")[0]
    assert "http://127.0.0.1:8000" in lines
    return lines.replace("http://127.0.0.1:8000", str(facteur.http.base_url).rstrip("/"))


@pytest.mark.feature("B23", "B17")
def test_an_application_pushes_a_pdf_and_has_it_sent(facteur: Facteur, tmp_path: Path) -> None:
    pdf = made_elsewhere("Facture")
    (tmp_path / "facture.pdf").write_bytes(pdf)

    subprocess.run(  # noqa: S603 - the README's own lines
        ["/bin/bash", "-euo", "pipefail", "-c", lines_of_the_readme(facteur)],
        cwd=tmp_path,
        check=True,
    )
    facteur.advance("PT1M")

    [send] = facteur.history()
    assert attached(facteur) == [("Facture F-2026-0998.pdf", pdf)]
    assert (send["status"], send["from"]) == ("sent", DEMO)


@pytest.mark.feature("B23")
def test_an_application_acts_for_whoever_it_was_let_in_for_also_after_a_restart(
    facteur: Facteur,
) -> None:
    login = {"client": "crm", "email": "paul@autre-atelier.example"}
    token = facteur.call("POST", "/local/login", login)["token"]
    facteur.stop()
    facteur.start()
    headers = {"Authorization": f"Bearer {token}"}

    profile = facteur.http.get("/v1/profile", headers=headers).json()
    forged = facteur.http.get("/v1/profile", headers={"Authorization": f"Bearer {token[:-4]}AAAA"})

    assert profile["email"] == "paul@autre-atelier.example"
    assert forged.status_code == 401
