"""Declarations beside the fields of records: SQL of computed fields, lot rules, statuses."""
