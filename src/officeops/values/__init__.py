"""Text to values and back: numbers, dates, instants and money as people and files write them."""
