"""The migrations of the inventory's tables; new ones are appended, old ones never change."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = [
    Migration(
        "0001_start",
        """
CREATE TABLE inventory_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    category TEXT,
    base_unit TEXT NOT NULL DEFAULT 'each',
    reorder_point INTEGER,
    minimum INTEGER,
    order_up_to INTEGER,
    maximum_is_hard INTEGER NOT NULL DEFAULT 0,
    safety_stock INTEGER,
    shelf_life_days INTEGER,
    discontinued INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX inventory_item_sku ON inventory_item(sku) WHERE archived_at IS NULL;
CREATE TABLE inventory_pack (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    item_id INTEGER NOT NULL REFERENCES inventory_item(id),
    name TEXT NOT NULL DEFAULT 'pack',
    size INTEGER NOT NULL,
    barcode TEXT
) STRICT;
CREATE INDEX inventory_pack_item_id ON inventory_pack(item_id);
CREATE UNIQUE INDEX inventory_pack_barcode ON inventory_pack(barcode) WHERE archived_at IS NULL AND barcode IS NOT NULL;
CREATE UNIQUE INDEX inventory_pack_item_id_name_size ON inventory_pack(item_id, name, size) WHERE archived_at IS NULL;
CREATE TABLE inventory_terms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    item_id INTEGER NOT NULL REFERENCES inventory_item(id),
    vendor_id INTEGER NOT NULL,
    vendor_sku TEXT,
    pack_id INTEGER REFERENCES inventory_pack(id),
    moq INTEGER NOT NULL DEFAULT 1,
    price INTEGER,
    price_from TEXT,
    price_until TEXT,
    lead_days INTEGER,
    rank INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX inventory_terms_item_id ON inventory_terms(item_id);
CREATE INDEX inventory_terms_vendor_id ON inventory_terms(vendor_id);
CREATE INDEX inventory_terms_pack_id ON inventory_terms(pack_id) WHERE pack_id IS NOT NULL;
CREATE TABLE inventory_level (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    item_id INTEGER NOT NULL REFERENCES inventory_item(id),
    location_id INTEGER NOT NULL REFERENCES core_location(id),
    reorder_point INTEGER,
    order_up_to INTEGER,
    maximum_is_hard INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX inventory_level_item_id ON inventory_level(item_id);
CREATE INDEX inventory_level_location_id ON inventory_level(location_id);
CREATE UNIQUE INDEX inventory_level_item_id_location_id ON inventory_level(item_id, location_id) WHERE archived_at IS NULL;
CREATE TABLE inventory_lot (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    item_id INTEGER NOT NULL REFERENCES inventory_item(id),
    number TEXT NOT NULL,
    expires_on TEXT,
    status TEXT NOT NULL DEFAULT 'available'
) STRICT;
CREATE INDEX inventory_lot_item_id ON inventory_lot(item_id);
CREATE TABLE inventory_order (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    vendor_id INTEGER NOT NULL,
    reference TEXT,
    status TEXT NOT NULL DEFAULT 'draft',
    ordered_on TEXT,
    expected_on TEXT,
    note TEXT
) STRICT;
CREATE INDEX inventory_order_vendor_id ON inventory_order(vendor_id);
CREATE UNIQUE INDEX inventory_order_reference ON inventory_order(reference) WHERE archived_at IS NULL AND reference IS NOT NULL;
CREATE TABLE inventory_line (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    order_id INTEGER NOT NULL REFERENCES inventory_order(id),
    item_id INTEGER NOT NULL REFERENCES inventory_item(id),
    packs INTEGER NOT NULL,
    pack_size INTEGER NOT NULL DEFAULT 1,
    pack TEXT NOT NULL DEFAULT 'each',
    price INTEGER,
    reference TEXT,
    cancelled INTEGER NOT NULL DEFAULT 0,
    location_id INTEGER REFERENCES core_location(id),
    by_hand INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX inventory_line_order_id ON inventory_line(order_id);
CREATE INDEX inventory_line_item_id ON inventory_line(item_id);
CREATE INDEX inventory_line_location_id ON inventory_line(location_id) WHERE location_id IS NOT NULL;
CREATE TABLE inventory_stock (
    id INTEGER PRIMARY KEY,
    item_id INTEGER NOT NULL,
    location_id INTEGER NOT NULL,
    lot_id INTEGER,
    quantity INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX inventory_stock_lot_id ON inventory_stock(lot_id) WHERE lot_id IS NOT NULL;
CREATE UNIQUE INDEX inventory_stock_item_id_location_id_lot_id ON inventory_stock(item_id, location_id, ifnull(lot_id, 0));
CREATE TABLE inventory_move (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    item_id INTEGER NOT NULL REFERENCES inventory_item(id),
    kind TEXT NOT NULL DEFAULT 'opening',
    quantity INTEGER NOT NULL,
    location_id INTEGER NOT NULL REFERENCES core_location(id),
    lot_id INTEGER REFERENCES inventory_lot(id),
    day TEXT NOT NULL,
    since TEXT,
    line_id INTEGER REFERENCES inventory_line(id),
    reverses_id INTEGER REFERENCES inventory_move(id),
    source TEXT,
    note TEXT
) STRICT;
CREATE INDEX inventory_move_item_id ON inventory_move(item_id);
CREATE INDEX inventory_move_lot_id ON inventory_move(lot_id) WHERE lot_id IS NOT NULL;
CREATE INDEX inventory_move_line_id ON inventory_move(line_id) WHERE line_id IS NOT NULL;
CREATE INDEX inventory_move_reverses_id ON inventory_move(reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX inventory_move_source ON inventory_move(source) WHERE archived_at IS NULL AND source IS NOT NULL;
CREATE TABLE inventory_count_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    item_id INTEGER NOT NULL REFERENCES inventory_item(id),
    location_id INTEGER NOT NULL REFERENCES core_location(id),
    day TEXT NOT NULL,
    expected INTEGER NOT NULL,
    counted INTEGER NOT NULL
) STRICT;
CREATE INDEX inventory_count_entry_item_id ON inventory_count_entry(item_id);
CREATE INDEX inventory_count_entry_location_id ON inventory_count_entry(location_id);
""",
    ),
    Migration(
        "0002_moves_of_the_past",
        """
ALTER TABLE inventory_move ADD COLUMN reference TEXT;
ALTER TABLE inventory_move ADD COLUMN history INTEGER NOT NULL DEFAULT 0;
""",
    ),
]

MIGRATIONS.append(
    Migration("0002_lot_hold_reason", "ALTER TABLE inventory_lot ADD COLUMN hold_reason TEXT;")
)

# Uniqueness is that of the folded form from here on, which triggers keep.
MIGRATIONS.append(
    Migration(
        "0003_same",
        """
DROP INDEX inventory_item_sku;
DROP INDEX inventory_pack_barcode;
DROP INDEX inventory_pack_item_id_name_size;
DROP INDEX inventory_level_item_id_location_id;
DROP INDEX inventory_order_reference;
DROP INDEX inventory_move_source;
""",
    ),
)

# The lot keeps the reason why it has no expiry; before, only the note of a move had it.
MIGRATIONS.append(
    Migration("0004_why_no_expiry", "ALTER TABLE inventory_lot ADD COLUMN no_lot TEXT;")
)

# A sent order keeps the vendor SKU that it was sent with. Older orders get the one known now, for
# lack of a better one.
MIGRATIONS.append(
    Migration(
        "0005_ordered_sku",
        """
ALTER TABLE inventory_line ADD COLUMN ordered_sku TEXT;
UPDATE inventory_line SET ordered_sku = (
    SELECT x.vendor_sku FROM inventory_terms x
    JOIN inventory_order o ON o.id = inventory_line.order_id LEFT JOIN inventory_pack p ON p.id = x.pack_id
    WHERE x.item_id = inventory_line.item_id AND x.vendor_id = o.vendor_id
        AND ifnull(p.size, 1) = inventory_line.pack_size AND x.vendor_sku IS NOT NULL AND x.archived_at IS NULL
    ORDER BY x.rank, x.id LIMIT 1
) WHERE EXISTS (SELECT 1 FROM inventory_terms x WHERE x.item_id = inventory_line.item_id AND x.vendor_sku IS NOT NULL);
""",
    ),
)

# The lot keeps the reason why the expiry of unsafe stock was changed.
MIGRATIONS.append(
    Migration("0006_lot_end_reason", "ALTER TABLE inventory_lot ADD COLUMN end_reason TEXT;")
)

# An order's lines are imported after it, from a file of their own: until then its stated total is
# kept.
MIGRATIONS.append(
    Migration(
        "0007_order_stated_total", "ALTER TABLE inventory_order ADD COLUMN stated_total INTEGER;"
    )
)

# What every ledger has: the group of entries that are reversed together, the record they are about.
MIGRATIONS.append(
    Migration(
        "0008_ledger",
        """
ALTER TABLE inventory_move ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inventory_move ADD COLUMN group_id INTEGER REFERENCES inventory_move(id);
ALTER TABLE inventory_move ADD COLUMN about_key TEXT;
ALTER TABLE inventory_move ADD COLUMN about_id INTEGER;
DROP INDEX inventory_move_item_id;
CREATE INDEX inventory_move_item_id_location_id_day ON inventory_move(item_id, location_id, day);
CREATE INDEX inventory_move_group_id ON inventory_move(group_id) WHERE group_id IS NOT NULL;
CREATE UNIQUE INDEX inventory_move_source_attempt ON inventory_move(source, attempt) WHERE source IS NOT NULL;
""",
    )
)

# The reasons for which a lot is held, each with its own end.
MIGRATIONS.append(
    Migration(
        "0009_lot_hold",
        """
CREATE TABLE inventory_lot_hold (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    lot_id INTEGER NOT NULL REFERENCES inventory_lot(id),
    location_id INTEGER NOT NULL REFERENCES core_location(id),
    reason TEXT NOT NULL,
    for_key TEXT NOT NULL,
    for_id INTEGER NOT NULL,
    quarantines INTEGER NOT NULL DEFAULT 0,
    released_at TEXT
) STRICT;
CREATE INDEX inventory_lot_hold_lot_id ON inventory_lot_hold(lot_id);
CREATE INDEX inventory_lot_hold_location_id ON inventory_lot_hold(location_id);
""",
    )
)

# Which moves of a lot the end of a hold knew of: boxes that come later are held again.
MIGRATIONS.append(
    Migration("0010_hold_end", "ALTER TABLE inventory_lot_hold ADD COLUMN ended_after INTEGER;")
)
