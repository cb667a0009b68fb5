"""Who is calling, over HTTP, and what is remembered of them for the workers."""

from facteur.domain.identity import OrgId, UserId, UserRole
from facteur.domain.settings import Profile
from tests.functions.calling import CLAIRE, ORGANIZATION, Api


def remembered(api: Api) -> Profile:
    """Claire's profile as workers find it."""
    return api.store.of(ORGANIZATION).profiles[CLAIRE.user]


def test_caller_is_told_who_they_are_and_their_role(api: Api) -> None:
    administrator = api("GET", "/v1/me")
    member = api.as_user(**{"custom:organization": "autre", "sub": "u2", "cognito:groups": ""})

    assert administrator.status == 200
    assert administrator.json == {
        "user": CLAIRE.user,
        "organization": ORGANIZATION,
        "role": "admin",
        "limits": {"messages_per_day": 2_000, "used_today": 0},
    }
    assert member("GET", "/v1/me").json == {
        "user": "u2",
        "organization": "autre",
        "role": "member",
        "limits": {"messages_per_day": 2_000, "used_today": 0},
    }


def test_workers_know_who_opened_the_console_and_their_role(api: Api) -> None:
    api("GET", "/v1/me")

    assert remembered(api) == Profile(
        user=CLAIRE.user, name=CLAIRE.name, email=CLAIRE.email, role=UserRole.ADMIN
    )
    assert api.store.of(OrgId("autre")).profiles == {}


def test_role_that_was_given_or_taken_is_remembered(api: Api) -> None:
    api("GET", "/v1/me")

    api.as_user(**{"cognito:groups": "[]"})("GET", "/v1/me")

    assert remembered(api).role is UserRole.MEMBER


def test_opening_the_console_is_no_edit_of_a_profile(api: Api) -> None:
    read = api("GET", "/v1/profile").json
    api("GET", "/v1/me")
    api.as_user(**{"cognito:groups": "[]"})("GET", "/v1/me")

    saved = api("PUT", "/v1/profile", read | {"name": "Claire D."})

    assert (saved.status, saved.json["version"]) == (200, 1)
    assert remembered(api).name == "Claire D."


def test_saved_profile_keeps_the_role_of_the_token(api: Api) -> None:
    api("PUT", "/v1/profile", {"name": "Claire", "version": 0})
    api.as_user(sub="u2", **{"cognito:groups": ""})(
        "PUT", "/v1/profile", {"name": "Paul", "version": 0}
    )

    people = api.store.of(ORGANIZATION).profiles
    assert people[CLAIRE.user].role is UserRole.ADMIN
    assert people[UserId("u2")].role is UserRole.MEMBER
