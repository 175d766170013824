"""The attacks of the soak: on the file and the machine, by lines from outside, and on the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.reliability.soak_hostile import HOSTILE
from tests.reliability.soak_memory import MEMORY
from tests.reliability.soak_recovery import ATTACKS as RECOVERY
from tests.reliability.soak_recovery import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ATTACKS", "Row"]

#: Each part by its name, for the command of the soak.
ATTACKS: Final[dict[str, Callable[[float, int], Iterator[Row]]]] = RECOVERY | HOSTILE | MEMORY
