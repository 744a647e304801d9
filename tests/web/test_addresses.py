"""Where a reader may be sent."""

import pytest

from hackaviz.web.addresses import own_path


@pytest.mark.parametrize("path", ["/", "/account", "/editions/smart-port?tab=rules#top", "/a//b"])
def test_a_path_of_this_site_is_kept(path):
    assert own_path(path) == path


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\\..\\evil",
        "https://evil.example",
        "javascript:alert(1)",
        "evil.example",
        " /account",
    ],
)
def test_nothing_leads_elsewhere(target):
    assert own_path(target) is None
