"""Turns ports and a data folder into Kafka's configuration: one KRaft node on loopback, small and quick to start."""

from broker.ports import LOOPBACK

NODE_ID = 1

SINGLE_NODE = {
    "process.roles": "broker,controller",
    "node.id": str(NODE_ID),
    "listener.security.protocol.map": "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "BROKER",
    # one node holds the only replica of everything
    "default.replication.factor": "1",
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    # Kafka makes 50 partitions each by default, which a laptop feels at every start
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.num.partitions": "4",
    "num.network.threads": "2",
    "num.io.threads": "4",
    "log.cleaner.dedupe.buffer.size": str(16 * 1024 * 1024),
    # after a crash, Kafka waits until the session of the broker that died is over: by default 9 s,
    # and not much less, or a machine under load looks like a crash
    "broker.session.timeout.ms": "5000",
    "broker.heartbeat.interval.ms": "1000",
    # a group of one developer need not wait for others to join
    "group.initial.rebalance.delay.ms": "0",
    # a typing error in a topic's name should fail, not make a topic
    "auto.create.topics.enable": "false",
}


def server_properties(port: int, controller_port: int, data: str) -> str:
    """The text of ``server.properties``.

    ``data`` is relative to the folder that Kafka runs in, since commas and backslashes have a meaning of their own in
    ``log.dirs``. The quorum is static, so the controller's port is no part of the stored data and may differ at every start.
    """
    properties = SINGLE_NODE | {
        "listeners": f"BROKER://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"BROKER://{LOOPBACK}:{port}",
        "controller.quorum.voters": f"{NODE_ID}@{LOOPBACK}:{controller_port}",
        "log.dirs": data,
    }
    return "".join(f"{key}={value}\n" for key, value in properties.items())
