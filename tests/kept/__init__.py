"""Files that releases made, kept so that every later one is seen to open them."""
