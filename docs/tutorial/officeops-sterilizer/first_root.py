"""Sterilizer loads: what was in each, who let it go, and what must be tested again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Migration, Record

PLUGIN = Plugin("sterilizer", summary="Sterilizer loads and their tests", api=2)


@hookimpl
def records() -> Iterable[type[Record]]:
    from officeops_sterilizer.machines import Sterilizer

    return [Sterilizer]


@hookimpl
def migrations() -> Iterable[Migration]:
    from officeops_sterilizer.schema import MIGRATIONS

    return MIGRATIONS
