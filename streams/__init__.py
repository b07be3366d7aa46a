"""Articles into signals into transitions: Faust agents, shells around the core."""
