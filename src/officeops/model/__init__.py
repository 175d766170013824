"""What a plugin declares, and the words for what can go wrong: the ground floor, which knows no office."""
