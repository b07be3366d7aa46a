"""The rules that a worker goes by, read anew when their files change; a broken file keeps the rules that there are."""

from collections.abc import Callable
from pathlib import Path

from alerts.rule_files import SHIPPED, RuleError, load_rules
from detente.alerts.rule import Rule
from runtime import metrics
from runtime.logs import logger

Stamp = tuple[tuple[str, int, int], ...]

_log = logger(__name__)


class RuleBook:
    """All the rules of a folder, or the old ones: never half of a change."""

    def __init__(self, directory: Path | None, clock: Callable[[], float]) -> None:
        """Read the folder, or the shipped rules for None. ``clock`` gives seconds since 1970. Raises RuleError."""
        self._directory = directory
        self._clock = clock
        self._stamp = self._look()
        self.rules: tuple[Rule, ...] = load_rules(directory)
        self._tell()

    def refresh(self) -> bool:
        """Read the folder again if a file in it came, went or changed; returns whether there are new rules."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self.rules = load_rules(self._directory)
        except RuleError as error:
            metrics.RULES_RELOAD_FAILED.set(1)
            _log.error(
                "rules_not_reloaded", problems=[str(problem) for problem in error.problems], kept=len(self.rules)
            )
            return False
        self._tell()
        _log.info("rules_reloaded", rules=[rule.name for rule in self.rules])
        return True

    def _tell(self) -> None:
        metrics.RULES_LOADED.set(len(self.rules))
        metrics.RULES_RELOAD_FAILED.set(0)
        metrics.RULES_RELOADED_AT.set(self._clock())

    def _look(self) -> Stamp:
        """Name, size and time of change of each file; a folder that is gone has none."""
        folder = self._directory or SHIPPED
        try:
            files = [(file.name, file.stat()) for file in folder.iterdir() if file.is_file()]
        except OSError:
            return ()
        return tuple(sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in files))
