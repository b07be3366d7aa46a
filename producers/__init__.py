"""The outside world into articles on Kafka."""
