"""The one way to Maven's repositories: jgo, with whatever mirrors the user's own jgo configuration names."""

from pathlib import Path
from typing import TYPE_CHECKING

from broker.extras import require

if TYPE_CHECKING:
    from jgo.maven import MavenContext

REQUEST_TIMEOUT_SECONDS = 30


def maven_context(downloads: Path) -> "MavenContext":
    """Artifacts are taken from Maven's own cache if they are there, else downloaded to ``downloads``."""
    require("jgo")
    from jgo.config import GlobalSettings  # noqa: PLC0415 - an optional dependency
    from jgo.constants import default_maven_repo  # noqa: PLC0415
    from jgo.maven import MavenContext  # noqa: PLC0415

    defaults = MavenContext(repo_cache=downloads).remote_repos
    return MavenContext(
        repo_cache=downloads,
        local_repos=[Path(default_maven_repo())],
        remote_repos={**defaults, **GlobalSettings.load().repositories},
        timeout=REQUEST_TIMEOUT_SECONDS,
    )
