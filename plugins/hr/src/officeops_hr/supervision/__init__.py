"""One-to-ones, goals, reviews, recognition and discipline."""
