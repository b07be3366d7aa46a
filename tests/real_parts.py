"""What a test does when a real part that it needs is not there: skip on a laptop, fail where CI is set."""

import os
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it in CI, where every part must be there."""
    if os.environ.get("CI"):
        pytest.fail(f"a real part is missing, and CI must have it: {reason}", pytrace=False)
    pytest.skip(reason)
