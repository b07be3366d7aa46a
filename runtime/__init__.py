"""What every process has around its stage: settings, log, metrics, health, and the way to Kafka."""
