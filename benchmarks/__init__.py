"""Benchmarks: each figure is a ratio to a named floor, measured in the same run. `python -m benchmarks`."""
