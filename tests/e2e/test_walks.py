"""The three walks of ``make screenshots``, in as few clicks as promised."""

import pytest

from scripts.walks import WALKS, walked
from tests.e2e.conftest import Visit
from tests.e2e.site import Site


@pytest.mark.parametrize("name", WALKS)
def test_walk_takes_no_more_clicks_than_promised(demo: Site, visit: Visit, name: str) -> None:
    most, _ = WALKS[name]

    assert walked(name, visit(demo, "/campagnes")) <= most
