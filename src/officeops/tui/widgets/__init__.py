"""The parts that screens are drawn from: rows, tables, lines, bars and the prompt line."""
