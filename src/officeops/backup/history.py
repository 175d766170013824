"""The history's chain, where this version of officeops keeps one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office import Office


def problems(office: Office) -> Iterator[str]:  # noqa: ARG001
    """Yield a sentence for every place where the history was changed behind officeops' back."""
    yield from ()
