"""Stock moves of a file: openings and a history of use, compared with the moves of the office."""
