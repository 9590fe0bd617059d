"""A desk to look at: `make demo` runs one in a fresh temporary directory, with people, a release and a receiver.

Google's public service drafts where it can be reached; where it cannot, a stand-in makes words up. What the receiver is
told is printed with the verdict on its signature. Everything is gone when the demo ends.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType

from tests.journeys.steps import EmbeddedDesk, add_receiver
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.receiver import Receiver, show

SAMPLE = Path(__file__).parent / "journeys" / "persbericht.txt"
ROLES = ("author", "reviewer", "publisher", "admin", "auditor")
HEARD = ("release.published", "version.published", "release.corrected", "release.withdrawn")


def main() -> int:
    """Run the demo until it is stopped."""
    stop = threading.Event()

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    with (
        tempfile.TemporaryDirectory(prefix="perstolk-demo-") as folder,
        LibreTranslateServer(latency=0.2) as engine,
        Receiver(hear=show) as receiver,
    ):
        desk = EmbeddedDesk(Path(folder), engine.url, port=int(os.environ.get("PERSTOLK_PORT", "0")))
        desk.settings |= {"PERSTOLK_ENGINES": os.environ.get("PERSTOLK_ENGINES", "google,libretranslate")}
        desk.settings["PERSTOLK_RETRY_SCALE"] = "1.0"
        say("Starting a desk for you to look at…")
        try:
            desk.start()
            furnish(desk, receiver)
            while not stop.wait(0.5) and desk.processes[0].poll() is None:
                pass
        finally:
            say("Stopping.")
            desk.stop()
    return 0


def furnish(desk: EmbeddedDesk, receiver: Receiver) -> None:
    """Give the desk its people, a receiver and a release, and tell what there is."""
    password = secrets.token_urlsafe(12)
    for role in ROLES:
        options = ("--name", role.title(), "--role", role, "--language", "en", "--password-stdin")
        desk.command("user", "add", f"{role}@demo.example", *options, stdin=f"{password}\n")
    receiver.secret = add_receiver(desk, receiver.url, *HEARD)["secret"]
    release = json.loads(desk.command("submit", str(SAMPLE), "--as", "author@demo.example", "--json"))
    say(f"""
The desk is ready: {desk.url}

  e-mail      {", ".join(f"{role}@demo.example" for role in ROLES)}
  password    {password}
  release     {desk.url}/releases/{release["id"]}
  receiver    {receiver.url}; what it is told is printed here
  logs        {desk.log}

Sign in as the reviewer, approve the three languages; then, as the publisher, publish them. Ctrl-C ends the demo.
""")


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
