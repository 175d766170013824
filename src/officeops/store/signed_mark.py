"""What the history keeps beside the name of a person who signed at a shared login.

It is among an action's arguments, as `{"login": …, "place": …, "key": …}`: the login, the name that
its place had, and the fingerprint of its SSH key, blank without one.
"""

from __future__ import annotations

from typing import Final

#: Its name among the arguments. No field and no option has such a name.
SIGNED: Final = "(signed)"
