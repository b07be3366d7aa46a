"""The pure core of detente: values in, values out; no Kafka, no Faust, no clock, no environment."""

__version__ = "0.1.0"
