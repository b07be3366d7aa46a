"""Alerts into people's hands: Kafka into the outbox, and the outbox into each receiver until it has accepted."""
