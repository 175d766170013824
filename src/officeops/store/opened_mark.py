"""The sealed values that the code of an action opened, as the history keeps them.

They are among the action's arguments, as `{"hr.offer.pay": ["hr.offer:3"]}`.
"""

from __future__ import annotations

from typing import Final

#: Its name among the arguments. No field and no option has such a name.
OPENED: Final = "(opened)"
