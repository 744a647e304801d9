"""What each response of the content host tells browsers: a work is alone and reaches nothing but its own files."""

from collections.abc import Sequence

from flask import Response, current_app, g

PERMISSIONS = (
    "accelerometer autoplay browsing-topics camera clipboard-read clipboard-write display-capture "
    "encrypted-media fullscreen gamepad geolocation gyroscope hid idle-detection local-fonts magnetometer microphone "
    "midi payment picture-in-picture publickey-credentials-get screen-wake-lock serial storage-access usb "
    "window-management xr-spatial-tracking"
).split()
CLOSED = ", ".join(f"{name}=()" for name in PERMISSIONS)


def work_policy(token: str, *, is_first: bool, is_embedded: bool = False, live_hosts: Sequence[str] = ()) -> str:
    """The policy of a work's files: its origin is opaque, so that its own address is named in place of 'self'.

    Only what opens first is bound to our pages, unless it is embedded in a page of another site. A page that a work
    frames itself has an ancestor with an opaque origin, which no list of ancestors can name.
    """
    content, base = current_app.config["CONTENT_URL"], current_app.config["BASE_URL"]
    own = f"{content}/w/{token}/ {content}/vendor/ data: blob:"
    # A host that the edition lets works reach while they are shown: its organisers were told the risk.
    loads = " ".join([own, *(f"https://{host}" for host in live_hosts)])
    rules = [
        "sandbox allow-scripts",
        "default-src 'none'",
        f"script-src {loads} 'unsafe-inline' 'unsafe-eval'",
        f"style-src {loads} 'unsafe-inline'",
        *(f"{kind}-src {loads}" for kind in ("img", "font", "media", "connect")),
        *(f"{kind}-src {own}" for kind in ("worker", "frame")),
        f"base-uri {content}/w/{token}/",
        "form-action 'none'",
        "object-src 'none'",
        *([f"frame-ancestors {base} {content}"] if is_first and not is_embedded else []),
    ]
    return "; ".join(rules)


def alone_policy() -> str:
    """The policy of the page that holds a work in a window of its own: not sandboxed itself, and without any script."""
    content = current_app.config["CONTENT_URL"]
    return (
        f"default-src 'none'; style-src {content}/vendor/; frame-src {content}/w/; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def closed_policy() -> str:
    """The policy of everything else: files of ours, messages."""
    content, base = current_app.config["CONTENT_URL"], current_app.config["BASE_URL"]
    return (
        f"sandbox allow-scripts; default-src 'none'; style-src {content}/vendor/; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {base} {content}"
    )


def _connections(live_hosts: Sequence[str]) -> str:
    """What no content security policy governs: WebRTC would tell servers of its choice the reader's own address."""
    places = ["response-origin", *(f'"https://{host}/*"' for host in live_hosts)]
    return f"({' '.join(places)});webrtc=block"


def add_headers(response: Response) -> Response:
    """On every response; a view may have chosen another policy."""
    headers = response.headers
    headers["Content-Security-Policy"] = g.get("policy") or closed_policy()
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-DNS-Prefetch-Control"] = "off"
    headers["Permissions-Policy"] = CLOSED
    headers["Connection-Allowlist"] = _connections(g.get("live_hosts", ()))
    headers["X-Robots-Tag"] = "noindex"
    return response
