"""Tests of what authors are told write plugins as the pages do."""

from tests.without_shipped import shipped, without_shipped

__all__ = ["shipped", "without_shipped"]
