"""The rules that are shipped, each with its tests beside it; a package only so that they are installed."""
