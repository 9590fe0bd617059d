"""A desk whose web server and workers are stand-ins, for the tests of the supervisor; run it as a program.

The arguments are names of behaviours: `steady` (the default), `web-dies` (the web server ends at once, each
time), `worker-refuses` (a worker that cannot use the settings), `stubborn` (a worker that ignores every polite
signal), `background` (signals are ignored as in the background of a script), `real-workers` (Celery itself).
"""

from __future__ import annotations

import http.server
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence

from service.cli.settings import read_settings
from service.config import Settings
from service.supervisor import desk
from service.supervisor.children import Plan


def answer_ready(listen_fd: int) -> None:
    """Answer every request on the socket with 200."""

    class Ready(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ready, bind_and_activate=False)
    server.socket.close()
    server.socket = socket.socket(fileno=listen_fd)
    server.serve_forever()


def be_stubborn() -> None:
    """Ignore what can be ignored."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    wait()


def wait() -> None:
    """Live until ended."""
    time.sleep(600)


def standin_plans(settings: Settings, listen_fd: int) -> Sequence[Plan]:
    """List the stand-in processes, whose names the tests look for."""
    this = (sys.executable, "-m", "tests.standin_desk", "child")
    behaviours = os.environ["STANDIN_BEHAVIOURS"].split(",")
    if "real-workers" in behaviours:
        real = desk.plans(settings, listen_fd)
        return (Plan("web", [*this, "web", str(listen_fd)], pass_fds=(listen_fd,)), *real[1:])
    web = [sys.executable, "-c", "raise SystemExit(3)"] if "web-dies" in behaviours else [*this, "web", str(listen_fd)]
    worker = "stubborn" if "stubborn" in behaviours else "worker"
    command = [*this, worker]
    if "worker-refuses" in behaviours:  # the real one, which is told by its environment what it cannot use
        command = ["env", "PERSTOLK_ENGINES=gogle", *desk.plans(settings, listen_fd)[1].command]
    return (
        Plan("web", web, pass_fds=(listen_fd,)),
        Plan("worker", command, hurry=signal.SIGQUIT),
        Plan("beat", [*this, "beat"]),
    )


def main(arguments: Sequence[str]) -> int:
    """Be a stand-in process, or the desk that starts them."""
    match arguments:
        case ["child", "web", listen_fd]:
            answer_ready(int(listen_fd))
        case ["child", "stubborn"]:
            be_stubborn()
        case ["child", _]:
            wait()
        case behaviours:
            os.environ["STANDIN_BEHAVIOURS"] = ",".join(behaviours)
            if "background" in behaviours:
                for number in (signal.SIGINT, signal.SIGQUIT):
                    signal.signal(number, signal.SIG_IGN)
            return desk.run(
                read_settings(embedded=True),
                prepare=lambda _settings: ("prepared",),
                terminal=sys.stdout,
                plans=standin_plans,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
