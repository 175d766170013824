"""vCards: people and companies as address books write them, versions 2.1, 3.0 and 4.0."""
