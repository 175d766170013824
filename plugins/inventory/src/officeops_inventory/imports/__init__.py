"""Imports: items, packs, terms, orders and moves, with the columns beside a record's own."""
