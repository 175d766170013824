"""What the history keeps beside the name of a person: their SSH key, where they signed, their witness.

It is among an action's arguments, as `{"login": …, "place": …, "key": …, "witness": …}`: the shared
login, the name that its place had, the fingerprint of the SSH key that the person or the login came
by, and the login of the witness; each only where there is one.
"""

from __future__ import annotations

from typing import Final

#: Its name among the arguments. No field and no option has such a name.
SIGNED: Final = "(signed)"
