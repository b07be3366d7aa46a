"""A Faust worker as small as can be, for the broker's tests: counts values in a table and sends the count on.

Run as a program, with the settings of detente's processes in its environment.
"""

import faust

from runtime.kafka_clients import faust_broker
from runtime.settings import KafkaSettings

kafka = KafkaSettings()
app = faust.App(
    "tiny",
    broker=faust_broker(kafka),
    store="memory://",
    topic_partitions=kafka.partitions,
    topic_allow_declare=kafka.declare_topics,
    topic_disable_leader=True,
    web_enabled=False,
    consumer_auto_offset_reset="earliest",
)
words = app.topic(f"{kafka.topic_prefix}articles", key_type=str, value_type=bytes, value_serializer="raw")
counts = app.topic(f"{kafka.topic_prefix}signals", key_type=str, value_type=bytes, value_serializer="raw")
table = app.Table("counts", default=int, key_type=str, partitions=kafka.partitions)


@app.agent(words)
async def count(stream: faust.StreamT) -> None:
    async for event in stream.events():
        table[event.key] += 1
        await (await counts.send(key=event.key, value=str(table[event.key]).encode()))


if __name__ == "__main__":
    app.worker_init()
    faust.Worker(app, loglevel="WARNING").execute_from_commandline()
