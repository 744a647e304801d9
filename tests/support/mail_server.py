"""A mail server that behaves as a test says."""

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

USUAL = {"QUIT": "221 bye", "DATA": "354 go on"}
# Instead of a verb: the answer once the whole message was received.
MESSAGE = "the message"
HANGS_UP = None


class MailServer(socketserver.ThreadingTCPServer):
    """Says "250 fine" unless told otherwise, and counts the messages that it received whole."""

    daemon_threads = True

    def __init__(self, answers: Mapping[str, str | None]) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers = USUAL | dict(answers)
        self.received = 0

    @property
    def url(self) -> str:
        """The address for HACKAVIZ_MAIL_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        """Answer line by line until somebody hangs up."""
        self._say("220 here")
        for line in self.rfile:
            verb = line[:4].decode().strip().upper()
            answer = self.server.answers.get(verb, "250 fine")
            if answer is not HANGS_UP and answer.startswith("354"):
                answer = self._receive(answer)
            if answer is HANGS_UP:
                return
            self._say(answer)

    def _receive(self, go_on: str) -> str | None:
        self._say(go_on)
        while self.rfile.readline().rstrip(b"\r\n") != b".":
            pass
        self.server.received += 1
        return self.server.answers.get(MESSAGE, "250 kept")

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def mail_server(answers: Mapping[str, str | None]) -> Iterator[MailServer]:
    """A server that is there for one test."""
    with MailServer(answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()
