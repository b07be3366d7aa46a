"""How exact the coder is, measured on texts that were annotated by reading."""
