"""Tests of the core's own records."""

from tests.without_shipped import shipped, two_plugins

__all__ = ["shipped", "two_plugins"]
