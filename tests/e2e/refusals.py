"""What the API answers when it refuses, for tests of a page that is refused something."""

from playwright.sync_api import Route


def refuse(route: Route) -> None:
    """Answer as the API does when it refuses."""
    route.fulfill(
        status=409,
        json={"code": "conflict", "detail": "Pas maintenant.", "errors": []},
    )
