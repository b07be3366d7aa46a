"""States and organisations: their names in text, and who speaks for them."""
