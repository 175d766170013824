"""Matching names with an exclusion list: pure functions, without the office."""
