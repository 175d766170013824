"""The rules of time worked, as functions of plain values."""
