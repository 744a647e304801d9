"""Checking bytes under a name, as if they had been uploaded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from submissions.intake.check import check_file
from submissions.intake.limits import Limits
from submissions.intake.report import CheckReport

Check = Callable[..., CheckReport]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """`check(content, name, files=10)`: the report for these bytes; further arguments are limits."""

    def check(content: bytes, name: str, **limits: int) -> CheckReport:
        path = tmp_path / "upload"
        path.write_bytes(content)
        return check_file(path, name, Limits(**limits))

    return check


@pytest.fixture
def codes(check: Check) -> Callable[..., list[str]]:
    """The codes of the reasons against these bytes."""

    def codes(content: bytes, name: str, **limits: int) -> list[str]:
        return [str(reason.code) for reason in check(content, name, **limits).reasons]

    return codes
