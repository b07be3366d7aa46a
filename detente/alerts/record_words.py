"""What our own record says of an article's "first since", in words for whoever is paged."""

from detente.contacts.record_check import RecordCheck, RecordVerdict


def record_words(record: RecordCheck) -> str:
    """A clause where the record differs from the claim; empty where it agrees or has nothing to say."""
    if record.verdict is RecordVerdict.SHORTER:
        return f"our own record has one on {record.last}, {record.record_days} days before"
    if record.verdict is RecordVerdict.LONGER:
        return f"our own record has none after {record.last}, {record.record_days} days before"
    return ""
