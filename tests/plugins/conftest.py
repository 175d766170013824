"""Tests of how plugins are loaded, refused and blamed write plugins of their own."""

from tests.without_shipped import shipped, without_shipped

__all__ = ["shipped", "without_shipped"]
