"""Two hosts, one server: the application answers under its own name, works under the other, apart from each other."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

Application = Callable[..., Iterable[bytes]]
# Whoever watches a server may ask it by its number.
HEALTH = frozenset({"/healthz", "/readyz"})
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
UNKNOWN_HOST = (
    b"This server does not answer under this name. Its operator sets HACKAVIZ_BASE_URL and HACKAVIZ_CONTENT_URL.\n"
)
PLAIN = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]


class ByHost:
    """WSGI middleware: requests for the content host go to `content`, those for the application's to `application`.

    A request under any other name is answered 400, so that a forged Host reaches nothing.
    """

    def __init__(self, application: Application, content: Application, *, base_url: str, content_url: str) -> None:
        self.application, self.content = application, content
        self.base, self.content_name = _name(base_url), _name(content_url)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Choose by the name that was asked for."""
        host = _without_default_port(environ.get("HTTP_HOST", "").lower(), environ["wsgi.url_scheme"])
        if host == self.base:
            return self.application(environ, start_response)
        if host == self.content_name or environ["PATH_INFO"] in HEALTH:
            return self.content(environ, start_response)
        start_response("400 Bad Request", PLAIN)
        return [UNKNOWN_HOST]


def _name(url: str) -> str:
    parts = urlsplit(url)
    return _without_default_port(parts.netloc.lower(), parts.scheme)


def _without_default_port(host: str, scheme: str) -> str:
    # A proxy that ends TLS speaks plain http to us, under the name that browsers asked for.
    for port in (DEFAULT_PORTS.get(scheme, ""), DEFAULT_PORTS["https"]):
        host = host.removesuffix(port) if port else host
    return host
