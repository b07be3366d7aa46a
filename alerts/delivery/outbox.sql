-- The durable record of what went where. Times are seconds since 1970, UTC.
CREATE TABLE IF NOT EXISTS alerts (
    alert_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    partition INTEGER NOT NULL, -- of the topic `alerts`
    record BLOB NOT NULL,       -- the alert in the wire format, with its version
    stored_at REAL NOT NULL,
    active_until REAL NOT NULL,
    PRIMARY KEY (alert_id, version)
);
CREATE TABLE IF NOT EXISTS deliveries (
    alert_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    receiver TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at REAL,                -- when it is to be tried (again); NULL: never
    changed_at REAL NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (alert_id, version, receiver)
);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (receiver, due_at) WHERE due_at IS NOT NULL;
