"""The command line: the outermost layer, where settings are read and stages are put together."""
