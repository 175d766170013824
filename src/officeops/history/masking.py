"""Masking: what the history shows of sealed values, also of kinds of record whose plugin is off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops.model.sealed_value import INDEX, MASK, TOKEN
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Collection

#: What any side of a change with a sealed value or its digest has in it.
_LIKE: Final = Pattern(
    r'.*"[iv][1-9][0-9]*\.[0-9a-f]{8}\.', 16
)  # 16 is re.DOTALL; re is not imported for it


def masked_side(side: str | None, sealed: Collection[str] = ()) -> str | None:
    """Mask sealed values in one side of a change, a JSON object, and leave their digests out.

    `sealed` are the columns declared so; a text with the form of a sealed value is masked in any.
    """
    if not side or not (sealed or _LIKE.match(side)):
        return side
    shown: dict[str, Any] = {}
    for name, value in json.loads(side).items():
        is_sealed = name in sealed
        is_digest = not is_sealed and name.removesuffix("_index") in sealed
        if not is_digest and not _is_index(value):
            shown[name] = _masked(value, sealed=is_sealed)
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _masked(value: Any, *, sealed: bool) -> Any:  # noqa: ANN401 - a value of JSON
    if value is None:
        return None
    return MASK if sealed or (isinstance(value, str) and TOKEN.fullmatch(value)) else value


def _is_index(value: object) -> bool:
    return isinstance(value, str) and INDEX.fullmatch(value) is not None
