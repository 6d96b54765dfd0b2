"""One world for all tests of this folder, lived once and put back after each, as for the house tests."""

from tests.house.conftest import lived

__all__ = ["lived"]  # a fixture
