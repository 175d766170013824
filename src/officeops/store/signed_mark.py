"""What the history keeps beside the name of a person who signed, or of one with a witness.

It is among an action's arguments, as `{"login": …, "place": …, "key": …, "witness": …}`: the shared
login, the name that its place had, and the fingerprint of its SSH key, blank without one; and the
login of the witness.
"""

from __future__ import annotations

from typing import Final

#: Its name among the arguments. No field and no option has such a name.
SIGNED: Final = "(signed)"
