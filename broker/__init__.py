"""A real single-node Apache Kafka on loopback, for machines without Docker or a cluster."""
