"""A client that speaks tus, signed in as a team's captain: for servers in processes of their own."""

import base64
import http.client
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

PIECE = "application/offset+octet-stream"


class TusClient:
    """Speaks for `person` at `host` (a name with its port) of the installation with these settings."""

    def __init__(self, host: str, settings: dict[str, str], person: Any) -> None:
        self.host = host
        kept = {"_user_id": person.get_id(), "_fresh": True, "csrf_token": "of this client"}
        serializer: Any = session_serializer(settings)
        token = URLSafeTimedSerializer(settings["HACKAVIZ_SECRET_KEY"], salt="wtf-csrf-token")
        self.headers = {
            "Tus-Resumable": "1.0.0",
            "Accept": "application/json",
            "Cookie": f"session={serializer.dumps(kept)}",
            "X-CSRFToken": token.dumps(kept["csrf_token"]),
        }

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> "Answer":
        """One request over a connection of its own."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=self.headers | named)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read())
        finally:
            connection.close()

    def begin(self, entry: str, size: int, name: str = "work.png", fingerprint: str = "") -> str:
        """Begin a file of an entry; its address."""
        said = {"filename": name} | ({"fingerprint": fingerprint} if fingerprint else {})
        metadata = ",".join(f"{each} {base64.b64encode(value.encode()).decode()}" for each, value in said.items())
        answer = self.ask("POST", f"/entries/{entry}/transfers", Upload_Length=str(size), Upload_Metadata=metadata)
        assert answer.status == 201, answer
        return answer.headers["Location"]

    def offset(self, address: str) -> int:
        """How much of a file is there."""
        return int(self.ask("HEAD", address).headers["Upload-Offset"])

    def send(self, address: str, content: bytes, at: int = 0, *, seconds: float = 0) -> "Answer":
        """Send the rest of a file, in about so many seconds."""
        sizes = {"Upload_Offset": str(at), "Content_Length": str(len(content) - at)}
        return self.ask("PATCH", address, body=slowly(content[at:], seconds), Content_Type=PIECE, **sizes)

    def hand_in(self, entry: str, named: str, key: str, **announced: str) -> "Answer":
        """Hand an entry in with a named file, or with one that is "announced"."""
        form = urlencode({"request_key": key, "named": named} | announced)
        return self.ask("POST", f"/entries/{entry}/hand-in", form, Content_Type="application/x-www-form-urlencoded")

    def outcome(self, address: str, *, within: float = 30) -> str:
        """What became of a file, once it is examined."""
        end = time.monotonic() + within
        state = "begun"
        while state in {"begun", "whole"} and time.monotonic() < end:
            state = self.ask("GET", f"{address}/state").json()["state"]
            time.sleep(0.2)
        return state


class Answer:
    """Status, headers and body."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def json(self) -> Any:
        """The document."""
        return json.loads(self.body)

    def __repr__(self) -> str:
        return f"{self.status} {self.body[:300]!r}"


def slowly(content: bytes, seconds: float) -> Iterator[bytes]:
    """The content in twenty pieces."""
    step = len(content) // 20 + 1
    for start in range(0, len(content), step):
        yield content[start : start + step]
        time.sleep(seconds / 20)


def session_serializer(settings: dict[str, str]) -> Any:
    """What signs the cookies of an installation."""
    app = Flask("client")
    app.secret_key = settings["HACKAVIZ_SECRET_KEY"]
    return SecureCookieSessionInterface().get_signing_serializer(app)
