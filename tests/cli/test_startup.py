"""What a command does not need is not imported: the start of `detente classify` stays short."""

import subprocess
import sys

HEAVY = ("trafilatura", "kafka", "faust", "aiohttp", "courlan", "feedparser", "jinja2")


def test_the_help_of_classify_loads_none_of_the_slow_packages() -> None:
    code = (
        "import sys\nfrom cli.main import main\nsys.argv = ['detente', 'classify', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert shown.rstrip().endswith("loaded: []")
