"""What is known of a message after it was handed to a server: arrived, refused, or nobody knows."""

import socket
from email.message import EmailMessage

import pytest

from hackaviz.kernel.smtp import Outcome, hand_over
from tests.support.mail_server import HANGS_UP, MESSAGE, mail_server


@pytest.fixture
def message():
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "site@example.org", "jo@example.org", "Results"
    written.set_content("You won.")
    return written


@pytest.mark.parametrize("goodbye", ["221 bye", "500 what", HANGS_UP])
def test_a_message_that_a_server_took_has_arrived_however_it_says_goodbye(message, goodbye):
    with mail_server({"QUIT": goodbye}) as server:
        assert hand_over(message, server.url) == Outcome(has_arrived=True)
    assert server.received == 1


@pytest.mark.parametrize(
    "answers",
    [
        {"MAIL": "550 not from you"},
        {"RCPT": "550 nobody of that name"},
        {"RCPT": "450 later", "QUIT": "500 what"},
        {"RCPT": HANGS_UP},
        {"DATA": "451 later"},
        {MESSAGE: "554 spam"},
    ],
)
def test_what_a_server_refused_or_was_never_handed_may_be_tried_again(message, answers):
    with mail_server(answers) as server:
        outcome = hand_over(message, server.url)
    assert not outcome.has_arrived
    assert outcome.refusal


def test_where_nobody_listens_a_message_may_be_tried_again(message):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert hand_over(message, f"smtp://127.0.0.1:{port}").refusal


@pytest.mark.parametrize("answer", [HANGS_UP, "nonsense", "252 perhaps"])
def test_a_server_that_has_the_message_and_does_not_say_so_leaves_it_uncertain(message, answer):
    with mail_server({MESSAGE: answer}) as server:
        outcome = hand_over(message, server.url)
    assert server.received == 1
    assert outcome == Outcome()
