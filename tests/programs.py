"""Programs of the system that tests start: missing ones skip on a laptop and fail where CI is set."""

import os
import shutil

import pytest


def find_program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"{names[0]} is not installed; 'make system' installs it"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
