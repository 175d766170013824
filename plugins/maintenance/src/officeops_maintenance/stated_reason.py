"""The reason that a person states for a step, which is `--reason` in each command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import param

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops import Field


def stated(example: str) -> Field:
    """Return the parameter of a reason, of a step that keeps it in a column of another name."""
    # A parameter is a Field; its declared type is that of the value.
    reason: Any = param(example=example, help="Why")
    return reason  # type: ignore[no-any-return]


def kept_in(column: str) -> Callable[..., dict[str, str]]:
    """Return the code of a step that writes its reason into a column."""

    def writes(office: object, record: object, *, reason: str, **asked: object) -> dict[str, str]:  # noqa: ARG001
        return {column: reason}

    return writes
