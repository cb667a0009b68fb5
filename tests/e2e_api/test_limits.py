"""The limit of a day and the suspension of an organization, over HTTP."""

import pytest

from tests.e2e_api.facteur import INVOICE, Facteur

DEMO = "demo@atelier-durand.example"
OTHER = "zoe@maison.example"


def limit(facteur: Facteur, **change: object) -> dict[str, object]:
    limits: dict[str, object] = facteur.call("POST", "/local/limits", {"email": DEMO} | change)
    return limits


def send(facteur: Facteur, document: str, *, status: int = 202) -> dict[str, object]:
    body = {"document_ids": [document], "to": "compta@dupont.example"}
    answer: dict[str, object] = facteur.call("POST", "/v1/sends", body, status=status)
    return answer


@pytest.mark.feature("B44")
def test_a_day_is_used_up_and_the_next_one_begins(facteur: Facteur) -> None:
    document = facteur.document(INVOICE)
    before = facteur.call("GET", "/v1/me")["limits"]
    limit(facteur, messages_per_day=before["used_today"] + 1)

    send(facteur, document)
    refused = send(facteur, document, status=429)
    used = facteur.call("GET", "/v1/me")["limits"]
    facteur.advance("P1D")
    send(facteur, document)

    assert before["messages_per_day"] == 2_000
    assert refused["code"] == "daily_limit_reached"
    assert used["used_today"] == used["messages_per_day"] == before["used_today"] + 1
    assert facteur.call("GET", "/v1/me")["limits"]["used_today"] == 1


@pytest.mark.feature("B44")
def test_an_occurrence_over_the_limit_fails_and_is_retried_the_next_day(facteur: Facteur) -> None:
    document = facteur.document()
    campaign = facteur.campaign(document)
    limit(facteur, messages_per_day=0)

    facteur.move_to(campaign["next_run_at"])

    (failed,) = facteur.history(f"campaign_id={campaign['id']}")
    assert failed["error"]["code"] == "daily_limit_reached"
    limit(facteur, messages_per_day=10)
    facteur.advance("P1D")
    retry = facteur.call("POST", f"/v1/sends/{failed['id']}/retry")
    facteur.advance("PT1M")
    assert facteur.call("GET", f"/v1/sends/{retry['id']}")["status"] == "sent"


@pytest.mark.feature("B44")
def test_a_suspended_organization_waits_and_goes_on_and_others_notice_nothing(
    facteur: Facteur,
) -> None:
    document = facteur.document(INVOICE)
    # Also during the seconds for which a worker may still act on what it read before.
    facteur.fault("ses", "throttle", 100)
    waiting = send(facteur, document)
    mails = len(facteur.mails())
    limit(facteur, suspended=True)

    facteur.advance("P2D")
    facteur.fault("ses", "throttle", 0)
    waited = facteur.call("GET", f"/v1/sends/{waiting['id']}")["status"]
    refused = send(facteur, document, status=403)
    facteur.sign_in(OTHER)
    send(facteur, facteur.document(INVOICE))
    facteur.advance("PT1M")
    of_others = facteur.mails()[mails:]
    facteur.sign_in()
    limit(facteur, suspended=False)

    assert waited == "queued"
    assert refused["code"] == "organization_suspended"
    assert [OTHER in str(mail.message["From"]) for mail in of_others] == [True]
    assert facteur.call("GET", f"/v1/sends/{waiting['id']}")["status"] == "sent"
    send(facteur, document)


@pytest.mark.feature("B44")
@pytest.mark.parametrize(
    "body",
    [{}, {"email": "x"}, {"email": DEMO, "messages_per_day": -1}, {"email": DEMO, "suspended": 3}],
)
def test_limits_that_mean_nothing_are_refused(facteur: Facteur, body: dict[str, object]) -> None:
    facteur.call("POST", "/local/limits", body, status=422)


@pytest.mark.feature("B22")
def test_two_organizations_of_one_domain_do_not_take_each_others_addresses(
    facteur: Facteur,
) -> None:
    def default_sender(address: str, status: int) -> None:
        settings = facteur.call("GET", "/v1/settings")
        facteur.call("PUT", "/v1/settings", settings | {"default_sender": address}, status=status)

    default_sender("factures@atelier-durand.example", 200)
    facteur.sign_in("mallory@atelier-durand.example")
    default_sender("postmaster@atelier-durand.example", 422)
    default_sender(DEMO, 422)
    default_sender("mallory@atelier-durand.example", 200)
    default_sender("facteur@atelier-durand.example", 200)
