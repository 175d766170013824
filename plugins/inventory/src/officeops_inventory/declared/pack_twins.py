"""Pack twins: two packs that people could not tell apart.

Triggers refuse them for every writer; those from before the triggers remain. A name with a size,
such as box of 100, belongs to one pack of its item. A plain word, such as box, may have several
sizes; the program asks which. Barcodes are unique by their number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_FOLDED: Final = "officeops_fold(CAST({}.name AS BLOB))"

_NAME: Final = f"""
SELECT RAISE(ABORT, 'name: says a size, and another pack of the item has it; rename that one first') WHERE {{changed}}
    NEW.name GLOB '*[0-9]*' AND EXISTS (
    SELECT 1 FROM inventory_pack o WHERE o.item_id = NEW.item_id AND o.archived_at IS NULL AND o.id <> NEW.id
        AND {_FOLDED.format("o")} = {_FOLDED.format("NEW")});
"""
_RETURNED: Final = "(OLD.archived_at IS NOT NULL OR {}) AND"
_OTHER_NAME: Final = _RETURNED.format("NEW.name <> OLD.name OR NEW.item_id <> OLD.item_id")

#: Reinstalled after every migration. An old twin remains as it is while its other fields change.
TRIGGERS: Final = (
    f"""
    CREATE TRIGGER inventory_pack_twin_add BEFORE INSERT ON inventory_pack
    WHEN NEW.archived_at IS NULL AND NEW.name GLOB '*[0-9]*'
    BEGIN {_NAME.format(changed="")} END
    """,
    f"""
    CREATE TRIGGER inventory_pack_twin_edit
    BEFORE UPDATE OF name, item_id, archived_at ON inventory_pack WHEN NEW.archived_at IS NULL
    BEGIN {_NAME.format(changed=_OTHER_NAME)} END
    """,
)

_NAME_TWIN: Final = f"""
SELECT o.size FROM inventory_pack o
WHERE o.item_id = ?1 AND o.archived_at IS NULL AND o.id <> ?2 AND ?3 GLOB '*[0-9]*'
    AND {_FOLDED.format("o")} = officeops_fold(CAST(?3 AS BLOB))
"""
_SAME_NAME: Final = f"""
SELECT group_concat(id) FROM inventory_pack p WHERE archived_at IS NULL AND name GLOB '*[0-9]*'
GROUP BY item_id, {_FOLDED.format("p")} HAVING count(DISTINCT size) > 1 ORDER BY min(id) LIMIT 20
"""


def name_twin(office: Office, pack_id: int, item_id: int, name: str) -> int | None:
    """Return the size of another live pack of the item with the same name, if it says a size."""
    size: int | None = office.value(_NAME_TWIN, item_id, pack_id, name)
    return size


def doubles(office: Office) -> Iterator[tuple[str, str]]:
    """Yield the twins that old files may have, each with a cure."""
    # The last one added is named in the cure: the first was there when all was well.
    for ids in _groups(office, _SAME_NAME):
        packs = count(len(ids), "pack")
        command = f"officeops pack edit '#{ids[-1]}' --name NAME"
        yield (
            f"{packs} of one item have the same name and other sizes: {_listed(ids)}",
            f"Rename one, `{command}`, or archive it.",
        )


def _groups(office: Office, sql: str) -> Iterator[list[int]]:
    for (ids,) in office.rows(sql):
        yield sorted(int(number) for number in ids.split(","))


def _listed(ids: list[int]) -> str:
    return ", ".join(f"#{number}" for number in ids)
