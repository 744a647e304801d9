"""The instant at which a request arrived, read before its body and kept for all that it does."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from flask import has_request_context, request

from hackaviz.kernel.clock import utc_now

ENVIRON_KEY = "hackaviz.received_at"


class ReceivedAt:
    """WSGI middleware that notes the instant of arrival."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Note the instant, then answer."""
        environ[ENVIRON_KEY] = utc_now()
        return self.application(environ, start_response)


def request_now() -> datetime:
    """The instant of arrival of this request; outside a request, the present."""
    if has_request_context() and ENVIRON_KEY in request.environ:
        received: datetime = request.environ[ENVIRON_KEY]
        return received
    return utc_now()
