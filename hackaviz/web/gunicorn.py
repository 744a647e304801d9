"""How gunicorn serves Hackaviz: `python -m gunicorn --config python:hackaviz.web.gunicorn wsgi:app`.

Each of these can be overridden on the command line of gunicorn.
"""

import os
import sys

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
# Threads, because a synchronous worker is killed when a transfer takes longer than its timeout.
worker_class = "gthread"
workers = 2
# A file that arrives slowly holds a thread, which costs little; pages must find another one. Before a deadline all
# teams send at once, and a request counts from when a thread takes it up.
threads = 256
graceful_timeout = 8
# Its socket would be one file in the home folder for every server of this machine.
control_socket_disable = True


def post_worker_init(_worker: object) -> None:
    """Let threads take turns more often.

    One that asks the database lets the others compute meanwhile, then waits up to this long for its turn: with
    Python's own five milliseconds a writer, and all that queue behind it, would mostly wait.
    """
    sys.setswitchinterval(0.0005)
