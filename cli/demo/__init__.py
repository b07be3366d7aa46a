"""``detente demo``: a bundled timeline through the real topics and processes, which checks its own result."""
