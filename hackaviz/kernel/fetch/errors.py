"""Why a request to another host gave nothing. `code` lets pages say it in the reader's language."""

from hackaviz.kernel.errors import DomainError


class FetchError(DomainError):
    """Nothing was fetched, and nothing was kept."""

    status = 502
    code = "fetch-failed"


class AddressNotWeb(FetchError):
    """Only http and https addresses with a host are fetched."""

    code = "not-web"

    def __init__(self, url: str) -> None:
        super().__init__(f"{url[:200]!r} is not a web address: it must begin with http:// or https:// and name a host.")


class HostNotAllowed(FetchError):
    """The caller does not visit this host."""

    code = "host-not-allowed"

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is not a host that this request may visit.")


class AddressRefused(FetchError):
    """The host leads to an address that is not on the public internet."""

    code = "address-refused"

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} leads to an address inside a private network. Only public hosts are visited.")


class HostUnknown(FetchError):
    """The name of the host leads nowhere."""

    code = "host-unknown"

    def __init__(self, host: str) -> None:
        super().__init__(f"No host answers to the name {host}. Check its spelling, or try again later.")


class Unreachable(FetchError):
    """The host did not answer, or broke off."""

    code = "unreachable"

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} did not answer, or broke off. Try again later.")


class TooSlow(FetchError):
    """The whole took longer than its limit."""

    code = "too-slow"

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host} took longer than {seconds:g} seconds. Try again later.")


class TooManyBytes(FetchError):
    """More bytes than the limit, as sent or once unpacked."""

    code = "too-many-bytes"

    def __init__(self, host: str, limit: int) -> None:
        super().__init__(f"{host} sent more than {limit} bytes, which is the limit.")


class TooManyRedirects(FetchError):
    """The host sends from one address to the next."""

    code = "too-many-redirects"

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} sends from one address to the next without end.")


class Refused(FetchError):
    """The host answered with an error."""

    code = "refused-by-host"

    def __init__(self, host: str, status: int) -> None:
        super().__init__(f"{host} answered with the error {status}.")
        self.answered = status
