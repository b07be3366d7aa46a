"""Where alerts go: one receiver a file, each with its own configuration."""
