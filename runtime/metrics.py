"""Every metric of every process, each with its meaning. Labels are bounded: stage, source kind, reason, rule, channel, level."""

from prometheus_client import Counter, Gauge, Histogram, Info

from detente import __version__

# -- every process -----------------------------------------------------------------------------------------------------

BUILD = Info("detente_build", "The version of detente that runs.")
BUILD.info({"version": __version__})
READY = Gauge("detente_ready", "1 when the process has recovered and has its partitions, else 0.")
ALIVE = Gauge("detente_alive", "1 while the process makes progress or has nothing to do, else 0.")

# -- producers ---------------------------------------------------------------------------------------------------------

ARTICLES_PRODUCED = Counter("detente_articles_produced_total", "Articles confirmed by Kafka.", ["source_kind"])
ARTICLES_DROPPED = Counter(
    "detente_articles_dropped_total", "Articles left out before Kafka, by reason.", ["source_kind", "reason"]
)
FETCHES = Counter("detente_fetches_total", "Fetches of sources, by outcome.", ["source_kind", "outcome"])

# -- every stream stage ------------------------------------------------------------------------------------------------

RECORDS = Counter(
    "detente_records_total", "Records read by a stage, by outcome (done, dead, skipped).", ["stage", "outcome"]
)
DEAD_LETTERS = Counter("detente_dead_letters_total", "Records that went to the dead letters.", ["stage", "cause"])
STAGE_SECONDS = Histogram(
    "detente_stage_seconds",
    "Time that a stage took over one record, sends included.",
    ["stage"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
LAST_RECORD = Gauge("detente_last_record_timestamp_seconds", "When a stage last finished a record.", ["stage"])
LAG = Gauge("detente_lag_records", "Records in this process's partitions that it has not yet finished.")
ASSIGNED_PARTITIONS = Gauge("detente_assigned_partitions", "Partitions that this process reads.", ["stage"])

# -- code and track ----------------------------------------------------------------------------------------------------

SIGNALS = Counter("detente_signals_total", "Signals coded.", ["polarity", "channel", "level", "status"])
ARTICLES_CLAMPED = Counter("detente_articles_clamped_total", "Articles from the future whose time was set back.")
TRANSITIONS = Counter("detente_transitions_total", "Transitions of contacts.", ["kind", "channel", "tier", "paging"])
CONTACTS = Gauge("detente_contacts", "Contacts held by this worker.", ["tier", "state"])

# -- alerts ------------------------------------------------------------------------------------------------------------

ALERTS = Counter("detente_alerts_total", "New alerts and new versions of alerts.", ["rule", "severity", "status"])
RULES_LOADED = Gauge("detente_rules_loaded", "Rules in force.")
RULES_RELOAD_FAILED = Gauge(
    "detente_rules_reload_failed", "1 while the files of the rules are broken and the rules before them stay in force."
)
RULES_RELOADED_AT = Gauge("detente_rules_reloaded_timestamp_seconds", "When the rules in force were read.")
RULE_ERRORS = Counter(
    "detente_rule_errors_total",
    "Alerts whose words a rule's template, or whose condition its expression, could not give.",
    ["rule"],
)
DELIVERIES = Counter("detente_deliveries_total", "Attempts to deliver, by outcome.", ["receiver", "outcome"])
DELIVERY_LATENCY = Histogram(
    "detente_delivery_latency_seconds",
    "From the firing of an alert to its acceptance by a receiver.",
    ["receiver"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800),
)
CIRCUIT_OPEN = Gauge(
    "detente_receiver_circuit_open", "1 while a receiver that kept failing is left alone.", ["receiver"]
)
OUTBOX_PENDING = Gauge("detente_outbox_pending", "Deliveries not yet accepted.", ["receiver"])
