"""Verdicts in plain words, for the analyst who asks why a page came, or why it did not."""

from detente.alerts.verdicts import Verdict

WORDS = {
    Verdict.FIRED: "it fired: everything that the rule asks for was there",
    Verdict.UPDATED: "it updated the alert that was there",
    Verdict.REOPENED: "it made the alert hold again: what had ended it was retracted, or is itself over",
    Verdict.RESOLVED: "it ended the alert that was there",
    Verdict.ALREADY_FIRED: "the same event had fired before",
    Verdict.NOTHING_TO_UPDATE: "the rule had not fired on this event, or the update says nothing new",
    Verdict.TEMPLATE_FAILED: "it fired, but its words could not be rendered: plain words stand in",
    Verdict.OTHER_TRANSITION: "the rule is about other transitions",
    Verdict.OTHER_TIER: "the rule is about the other tier",
    Verdict.OTHER_STATE: "the rule asks for another state before",
    Verdict.OTHER_DYAD: "the rule names other dyads",
    Verdict.OTHER_PARTY: "neither party is one that the rule names",
    Verdict.OTHER_CHANNEL: "the rule is about other channels",
    Verdict.OTHER_LEVEL: "the people in it are of another level than the rule asks for",
    Verdict.OTHER_MODE: "the rule is about events of another kind",
    Verdict.NOT_IN_GROUP: "neither party is in a group that the rule names",
    Verdict.NOT_BETWEEN: "the two are not the two sides that the rule names",
    Verdict.OTHER_SILENCE: "the silence was measured by another limit than the rule's",
    Verdict.LOW_CONFIDENCE: "the coder was less sure than the rule asks for",
    Verdict.TOO_FEW_PUBLISHERS: "there were fewer independent publishers than the rule asks for",
    Verdict.NOT_CONFIRMED_YET: "it was less well confirmed than the rule asks for",
    Verdict.EXPRESSION_FALSE: "the rule's expression was not true of it",
    Verdict.EXPRESSION_FAILED: "it fired, since the rule's expression had no answer",
    Verdict.RATE_LIMITED: "the rule had fired on this contact as often as its rate allows",
    Verdict.OLD_EVENT: "the event was over 14 days old when the article told of it: history pages nobody",
    Verdict.LATE_ARTICLE: "the article was over 3 days older than the newest one about this contact: it came too late to page",
    Verdict.BLIND: "our sources for this contact were silent too, so nobody knows",
}
