"""What the columns of a file mean, decided from the whole column."""
