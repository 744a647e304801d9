"""One server, two names: neither host answers for the other."""

import pytest

from tests.support.client import BASE_URL, CONTENT_URL

pytestmark = pytest.mark.database("sqlite")


def test_the_application_has_no_route_of_the_content_host(app, client, content_client):
    for path in ("/w/token/", "/alone/token/", "/download/token", "/vendor/plotly.min.js"):
        assert client.get(path).status_code == 404
        assert content_client.get(path).status_code in (200, 403)


def test_the_content_host_has_no_route_of_the_application(app, content_client):
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] != "health"]
    for rule in rules:
        path = rule.rule.replace("<", "").replace(">", "").replace("int:", "")
        for method in sorted(rule.methods - {"OPTIONS", "HEAD"}):
            assert content_client.open(path, method=method).status_code in (404, 405), path


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_both_say_whether_they_work(client, content_client, path):
    assert client.get(path).is_json
    assert content_client.get(path).is_json


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1:8001", "127.0.0.1:8000.evil.example", ""])
def test_a_forged_name_reaches_nothing(client, host):
    for path in ("/", "/sign-in", "/w/token/"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "Set-Cookie" not in answer.headers


def test_a_name_counts_in_any_case_and_with_the_usual_port(app):
    middleware = app.wsgi_app
    assert middleware.base == BASE_URL.removeprefix("http://") and middleware.content_name != middleware.base
    assert CONTENT_URL.endswith(middleware.content_name)
    seen = []
    by_name = type(middleware)(
        lambda environ, _start: seen.append("application") or [],
        lambda environ, _start: seen.append("content") or [],
        base_url="https://Contest.example.org",
        content_url="https://works.example.net",
    )
    for host in ("contest.example.org", "CONTEST.example.org:443", "works.example.net", "works.example.net:443"):
        for scheme in ("http", "https"):
            by_name({"HTTP_HOST": host, "wsgi.url_scheme": scheme, "PATH_INFO": "/"}, None)
    assert seen == ["application"] * 4 + ["content"] * 4
