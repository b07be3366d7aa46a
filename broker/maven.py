"""The one way to Maven's repositories: jgo, with whatever mirrors the user's own jgo configuration names."""

from pathlib import Path

from jgo.config import GlobalSettings
from jgo.constants import default_maven_repo
from jgo.maven import MavenContext

REQUEST_TIMEOUT_SECONDS = 30


def maven_context(downloads: Path) -> MavenContext:
    """Artifacts are taken from Maven's own cache if they are there, else downloaded to ``downloads``."""
    defaults = MavenContext(repo_cache=downloads).remote_repos
    return MavenContext(
        repo_cache=downloads,
        local_repos=[Path(default_maven_repo())],
        remote_repos={**defaults, **GlobalSettings.load().repositories},
        timeout=REQUEST_TIMEOUT_SECONDS,
    )
