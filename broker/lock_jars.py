"""Renews the lock: ``python -m broker.lock_jars [COORDINATE…]`` resolves the roots anew and pins each jar by digest."""

import hashlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from broker.jar_lock import JarLock, PinnedJar, read_lock, write_lock
from broker.maven import maven_context


def lock_jars(roots: Sequence[str]) -> JarLock:
    """Resolve the roots and everything that they need at run time, as Maven would; needs the network.

    The ``!`` keeps jgo from letting one root manage the versions of another.
    """
    with tempfile.TemporaryDirectory(prefix="detente-lock-") as downloads:
        context = maven_context(Path(downloads))
        inputs, transitive = context.resolver.resolve([context.create_dependency(f"{root}!") for root in roots])
        jars = [
            PinnedJar(
                coordinate=f"{dependency.groupId}:{dependency.artifactId}:{dependency.version}",
                sha256=hashlib.sha256(dependency.artifact.resolve().read_bytes()).hexdigest(),
            )
            for dependency in (*inputs, *transitive)
        ]
    return JarLock(roots=tuple(roots), jars=tuple(sorted(jars, key=lambda jar: jar.coordinate)))


if __name__ == "__main__":
    write_lock(lock_jars(sys.argv[1:] or read_lock().roots))
