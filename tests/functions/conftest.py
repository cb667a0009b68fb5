"""The API on fakes, called by Claire."""

import pytest

from tests.functions.calling import Api


@pytest.fixture
def api() -> Api:
    """The three functions on an empty store."""
    return Api()
