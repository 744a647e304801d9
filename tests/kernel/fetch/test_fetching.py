"""Requests to other hosts, and to ours in disguise."""

import gzip
import io
import time
import zlib
from itertools import count

import pytest

from hackaviz.kernel.fetch import dialling
from hackaviz.kernel.fetch.errors import (
    AddressNotWeb,
    AddressRefused,
    FetchError,
    HostNotAllowed,
    HostUnknown,
    Refused,
    TooManyBytes,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)
from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits
from tests.support.other_host import OtherHost, other_host, page

SPELLINGS = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "127.000.000.001",
    "127.0.0.2",
    "127.255.255.254",
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7F000001",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "0177.0.0.01",
    "0177.0x0.0.1",
    "00000177.0.0.1",
    "0",
    "0.0.0.0",
    "0x0",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "LocalHost.",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:1]",
    "[::FFFF:7F00:0001]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:7f00:0001::1]",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "%31%32%37.0.0.1",
]


@pytest.fixture
def host():
    with other_host({"/": page(b"hello", "text/plain; charset=utf-8")}) as host:
        yield host


def fetch(host: OtherHost, path: str = "/", **options):
    target = io.BytesIO()
    fetched = Fetcher(allow=frozenset([host.place]), **options).fetch(host.url(path), target)
    return fetched, target.getvalue()


def test_an_address_is_fetched_with_its_hash_and_type(host):
    fetched, body = fetch(host)
    assert (fetched.url, fetched.media_type, fetched.bytes) == (host.url("/"), "text/plain; charset=utf-8", 5)
    assert body == b"hello" and fetched.sha256.startswith("2cf24dba")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_this_machine_is_visited(host, spelling):
    assert len(SPELLINGS) >= 40
    with pytest.raises((AddressRefused, AddressNotWeb, HostUnknown)):
        Fetcher().fetch(f"http://{spelling}:{host.port}/", io.BytesIO())
    assert host.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "http://",
        "http:///path",
        "http://user:secret@example.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/ x",
        "http://example.org/\r\nHost: x",
        "http://example.org:25/",
        "http://example.org:99999/",
        "",
    ],
)
def test_only_web_addresses_are_fetched(url):
    with pytest.raises(AddressNotWeb):
        Fetcher().fetch(url, io.BytesIO())


def test_a_name_server_that_changes_its_mind_gains_nothing(host):
    answers = count()

    def resolve(_name: str, port: int):
        return [("93.184.216.34", port)] if next(answers) == 0 else [("127.0.0.1", port)]

    assert resolve("rebind.example", host.port) == [("93.184.216.34", host.port)], "a check beforehand would pass"
    with pytest.raises(AddressRefused):
        Fetcher(resolve=resolve).fetch(f"http://rebind.example:{host.port}/", io.BytesIO())
    assert host.asked == []


def test_one_name_is_asked_once_and_that_answer_is_dialled(host, monkeypatch):
    asked, dialled = [], []

    def resolve(name: str, port: int):
        asked.append(name)
        return [("93.184.216.34", port)]

    def dial(place, timeout):
        dialled.append(place)
        raise OSError

    monkeypatch.setattr(dialling.socket, "create_connection", dial)
    with pytest.raises(Unreachable):
        Fetcher(resolve=resolve).fetch("https://rebind.example/", io.BytesIO())
    assert asked == ["rebind.example"] and dialled == [("93.184.216.34", 443)]


def test_an_answer_that_mixes_inside_and_outside_is_refused(host):
    def resolve(_name: str, port: int):
        return [("93.184.216.34", port), ("127.0.0.1", port)]

    with pytest.raises(AddressRefused):
        Fetcher(resolve=resolve).fetch(f"http://both.example:{host.port}/", io.BytesIO())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("inside", ["http://127.0.0.1:{}/", "http://[::1]:{}/", "//2130706433:{}/"])
def test_a_redirection_inside_is_not_followed(host, status, inside):
    with other_host({"/": page(b"secret")}) as victim:
        host.answers["/away"] = page(b"", status=status, Location=inside.format(victim.port))
        with pytest.raises((AddressRefused, AddressNotWeb)):
            fetch(host, "/away")
        assert victim.asked == []


@pytest.mark.parametrize("away", ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/"])
def test_a_redirection_to_another_scheme_is_not_followed(host, away):
    host.answers["/away"] = page(b"", status=302, Location=away)
    with pytest.raises(AddressNotWeb):
        fetch(host, "/away")


def test_redirections_are_followed_and_counted(host):
    host.answers["/a/one"] = page(b"", status=302, Location="two")
    host.answers["/a/two"] = page(b"", status=301, Location="/")
    fetched, body = fetch(host, "/a/one")
    assert (fetched.url, body, host.asked) == (host.url("/"), b"hello", ["/a/one", "/a/two", "/"])
    host.answers["/loop"] = page(b"", status=302, Location="/loop")
    with pytest.raises(TooManyRedirects):
        fetch(host, "/loop", limits=FetchLimits(redirects=3))
    assert host.asked.count("/loop") == 4


def test_each_hop_asks_whether_its_host_may_be_visited(host):
    host.answers["/away"] = page(b"", status=302, Location="http://elsewhere.example/")
    with pytest.raises(HostNotAllowed, match=r"elsewhere\.example"):
        fetch(host, "/away", may_visit=lambda name: name == "127.0.0.1")


def test_the_environment_s_proxy_is_not_used(host, monkeypatch):
    with other_host({}) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert fetch(host)[1] == b"hello"
        assert proxy.asked == []


def test_bytes_are_capped_as_announced_and_as_sent(host):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 10_000)

    host.answers |= {"/large": page(b"x" * 2_000), "/endless": endless}
    for path in ("/large", "/endless"):
        with pytest.raises(TooManyBytes):
            fetch(host, path, limits=FetchLimits(bytes=1_000))


def test_inflation_is_capped(host):
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    host.answers["/bomb"] = page(bomb, Content_Encoding="gzip")
    target = io.BytesIO()
    with pytest.raises(TooManyBytes):
        Fetcher(allow=frozenset([host.place]), limits=FetchLimits(bytes=100_000)).fetch(host.url("/bomb"), target)
    assert len(target.getvalue()) <= 100_000


def test_a_packed_answer_is_unpacked(host):
    host.answers["/packed"] = page(gzip.compress(b"hello" * 100_000), Content_Encoding="gzip")
    assert fetch(host, "/packed")[1] == b"hello" * 100_000


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(b"hello" * 1_000)[:-12]),
        ("gzip", b"not packed at all"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"hello"))),
        ("deflate", zlib.compress(b"hello")),
        ("br", b"hello"),
    ],
    # Packed bytes hold the time: named by them, a test would be another one in each process.
    ids=["cut short", "not packed", "packed twice", "deflate", "brotli"],
)
def test_what_cannot_be_unpacked_is_no_answer(host, packing, body):
    host.answers["/odd"] = page(body, Content_Encoding=packing)
    with pytest.raises(Unreachable):
        fetch(host, "/odd")


def drip_headers(handler):
    for _ in range(100):
        handler.wfile.write(b"H")
        time.sleep(0.05)


def drip_body(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("drip", [drip_headers, drip_body, lambda handler: time.sleep(5)])
def test_a_slow_drip_is_cut(host, drip):
    host.answers["/slow"] = drip
    begun = time.monotonic()
    with pytest.raises(TooSlow):
        fetch(host, "/slow", limits=FetchLimits(seconds=0.5))
    assert time.monotonic() - begun < 4


def test_a_name_server_that_never_answers_is_left(host):
    begun = time.monotonic()
    with pytest.raises(FetchError):
        Fetcher(resolve=lambda *_: time.sleep(5), limits=FetchLimits(seconds=0.2)).fetch(
            "http://x.example/", io.BytesIO()
        )
    assert time.monotonic() - begun < 4


def test_errors_say_what_happened(host):
    with pytest.raises(Refused, match="404") as refused:
        fetch(host, "/missing")
    assert refused.value.code == "refused-by-host"
    with pytest.raises(HostUnknown, match=r"nowhere\.invalid"):
        Fetcher().fetch("http://nowhere.invalid/", io.BytesIO())
    host.answers["/broken"] = lambda handler: handler.wfile.write(b"this is not http\r\n\r\n")
    with pytest.raises(Unreachable):
        fetch(host, "/broken")
