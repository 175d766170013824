"""The papers of people: by class, with what must be there, and how long each is kept."""
