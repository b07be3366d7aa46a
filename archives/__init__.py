"""Topics into compressed files and back, record for record, since topics age."""
