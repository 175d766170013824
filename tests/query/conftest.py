"""Tests of what is asked for."""

from tests.without_shipped import shipped, two_plugins

__all__ = ["shipped", "two_plugins"]
