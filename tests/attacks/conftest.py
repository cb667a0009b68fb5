"""The API on fakes, called by Claire of one organization."""

import pytest

from tests.functions.calling import Api


@pytest.fixture
def api() -> Api:
    """The HTTP functions on an empty store."""
    return Api()
