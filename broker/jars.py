"""Turns the lock into verified jars on disk: from the cache, else from Maven's own cache, else by download."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from broker.errors import BrokerError, JarsUnavailableError
from broker.jar_lock import JarLock, PinnedJar
from broker.maven import maven_context

if TYPE_CHECKING:
    from jgo.maven import MavenContext

CACHE_VARIABLE = "DETENTE_BROKER_CACHE"
PARALLEL_DOWNLOADS = 6
ATTEMPTS = 3

Progress = Callable[[int, int], None]
"""Told how many of how many jars are there; called only while some have to be fetched, from the calling thread."""


def default_cache() -> Path:
    """Where the jars are kept: $DETENTE_BROKER_CACHE, else the user's cache folder."""
    if chosen := os.environ.get(CACHE_VARIABLE):
        return Path(chosen).expanduser().absolute()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "detente" / "kafka-jars"


def verified_jars(lock: JarLock, cache: Path, progress: Progress | None = None) -> list[Path]:
    """Every jar of the lock, each with the digest that the lock demands; safe for several processes at once.

    Raises JarsUnavailableError if one can be found nowhere, BrokerError if one is not what the lock says or the cache
    cannot be written.
    """
    missing = [jar for jar in lock.jars if not _is_good(cache / jar.filename, jar)]
    if missing:
        _fetch_all(missing, len(lock.jars), cache, progress)
    return [cache / jar.filename for jar in lock.jars]


def _fetch_all(missing: list[PinnedJar], total: int, cache: Path, progress: Progress | None) -> None:
    report = progress or (lambda _done, _total: None)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        staging = tempfile.TemporaryDirectory(prefix=".fetch-", dir=cache)
    except OSError as cause:
        raise BrokerError(f"cannot write to the cache of Kafka's jars, {cache}: {cause.strerror}") from cause
    with staging as folder, ThreadPoolExecutor(PARALLEL_DOWNLOADS) as pool:
        context = maven_context(Path(folder))
        futures = [pool.submit(_fetch, jar, context, cache) for jar in missing]
        report(total - len(missing), total)
        try:
            for count, future in enumerate(as_completed(futures), start=total - len(missing) + 1):
                future.result()
                report(count, total)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _fetch(jar: PinnedJar, context: "MavenContext", cache: Path) -> None:
    found = _resolve(jar, context)
    if (digest := _digest(found)) != jar.sha256:
        raise BrokerError(
            f"refused {jar.coordinate}: its SHA-256 is {digest}, and broker/jars.yaml demands {jar.sha256} ({found})"
        )
    staged = context.repo_cache / f"{jar.filename}.verified"
    shutil.copyfile(found, staged)
    staged.replace(cache / jar.filename)


def _resolve(jar: PinnedJar, context: "MavenContext") -> Path:
    artifact = context.create_dependency(jar.coordinate).artifact
    download = context.repo_cache / artifact.component.path_prefix / artifact.filename
    for attempt in range(1, ATTEMPTS + 1):
        download.unlink(missing_ok=True)  # half of it, from an attempt that was cut off
        try:
            found: Path = artifact.resolve()
        except (OSError, RuntimeError) as cause:  # the network; no repository has it
            if attempt == ATTEMPTS:
                raise JarsUnavailableError(
                    f"cannot fetch {jar.coordinate}: no network, or no repository has it ({type(cause).__name__})"
                ) from cause
            time.sleep(attempt)
        else:
            return found
    raise AssertionError


def _is_good(file: Path, jar: PinnedJar) -> bool:
    return file.is_file() and _digest(file) == jar.sha256


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
