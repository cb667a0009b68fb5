"""Settings of all tests."""

from hypothesis import settings

# A slow machine is not a failure.
settings.register_profile("facteur", deadline=None)
settings.load_profile("facteur")
