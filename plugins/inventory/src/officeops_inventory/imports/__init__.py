"""Imports of items, packs, terms, orders and moves, with what a file says beside a record's own fields."""
