"""The line that a person typed, as a digest among an action's arguments.

It tells a line that is repeated under its request id, whatever became of the records it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The name of the digest among the arguments. No field and no option has such a name.
TYPED: Final = "(typed)"


def digest_of(command: str, words: Mapping[str, object]) -> str:
    """Return the digest of a command and the words of its options, by option."""
    import json

    from officeops.store.hashing import blake2b

    text = json.dumps([command, words], ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()
