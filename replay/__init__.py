"""Topics of the past into what would have paged; reads a cluster, and can reach nobody and change nothing of what is live."""
