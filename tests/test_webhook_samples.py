"""The samples in docs/webhooks.md, run as they stand there against requests that the desk signs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.domain.events import EventType
from service.domain.retry import DELIVERY_WAITS
from service.domain.signing import new_secret, signed_headers

PAGE = (Path(__file__).parents[1] / "docs" / "webhooks.md").read_text(encoding="utf-8")
SECRET, OTHER = new_secret(b"a" * 32), new_secret(b"\xff" * 32)
BODY = '{"type":"release.published","data":{"title":"Écluse n° 3 “ouverte”"}}'.encode()

PYTHON_DRIVER = """
import json, sys
given = json.loads(sys.stdin.read())
print(verify(given["secret"], given["headers"], given["body"].encode()))
"""
NODE_DRIVER = """
const given = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
console.log(verify(given.secret, given.headers, Buffer.from(given.body, "utf8")) ? "True" : "False");
"""
PHP_DRIVER = """
$given = json_decode(file_get_contents('php://stdin'), true);
echo verify($given['secret'], $given['headers'], $given['body']) ? 'True' : 'False';
"""
RUNS = {
    "python": ([sys.executable, "-c"], PYTHON_DRIVER),
    "javascript": (["node", "-e"], NODE_DRIVER),
    "php": (["php", "-r"], PHP_DRIVER),
}
# PHP is no part of the project's own tools, so its sample is tried only where there is one.
LANGUAGES = [language for language, (command, _) in RUNS.items() if language != "php" or shutil.which(command[0])]


def sample(language: str) -> str:
    """Return the only code block of a language."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(block).removeprefix("<?php\n")


def need(program: str) -> None:
    if not shutil.which(program):
        if os.environ.get("CI"):
            pytest.fail(f"{program} is not on the PATH")
        pytest.skip(f"{program} is not on the PATH")


def verdict(language: str, headers: dict[str, str], body: bytes = BODY) -> bool:
    """Run a sample on a request."""
    command, driver = RUNS[language]
    need(command[0])
    given = json.dumps({"secret": SECRET, "headers": headers, "body": body.decode()})
    done = subprocess.run(
        [*command, sample(language) + driver], input=given, capture_output=True, text=True, timeout=20, check=True
    )
    return {"True": True, "False": False}[done.stdout.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("secrets", [[SECRET], [OTHER, SECRET], [SECRET, OTHER]])
def test_a_sample_takes_what_the_desk_signs(language: str, secrets: list[str]) -> None:
    assert verdict(language, signed_headers(secrets, "msg_1", int(time.time()), BODY))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "secret, seconds_ago, body",
    [(OTHER, 0, BODY), (SECRET, 400, BODY), (SECRET, -400, BODY), (SECRET, 0, BODY + b" ")],
    ids=["another secret", "too old", "too new", "another body"],
)
def test_a_sample_refuses_everything_else(language: str, secret: str, seconds_ago: int, body: bytes) -> None:
    headers = signed_headers([secret], "msg_1", int(time.time()) - seconds_ago, BODY)

    assert not verdict(language, headers, body)


def test_a_sample_refuses_a_time_that_is_none() -> None:
    headers = signed_headers([SECRET], "msg_1", int(time.time()), BODY) | {"webhook-timestamp": "now"}

    assert not verdict("python", headers)
    assert not verdict("javascript", headers)


def test_the_shell_sample_prints_the_signature(tmp_path: Path) -> None:
    need("openssl")
    headers = signed_headers([SECRET], "msg_1", 1614265330, BODY)
    (tmp_path / "body").write_bytes(BODY)
    variables = {"SECRET": SECRET, "WEBHOOK_ID": "msg_1", "WEBHOOK_TIMESTAMP": headers["webhook-timestamp"]}

    done = subprocess.run(
        ["sh", "-c", sample("sh")],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )

    assert headers["webhook-signature"] == done.stdout.strip()


def test_the_page_names_every_event() -> None:
    missing = [event.value for event in EventType if f"`{event.value}`" not in PAGE]

    assert [] == missing


def test_the_page_tells_the_schedule() -> None:
    assert "after 5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours" in " ".join(PAGE.split())
    assert [0, 5, 300, 1800, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24))] == [
        wait.total_seconds() for wait in DELIVERY_WAITS
    ]


def test_the_example_is_json() -> None:
    (example,) = re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

    assert ["type", "timestamp", "data"] == list(json.loads(example))
