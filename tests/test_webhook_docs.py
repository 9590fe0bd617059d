from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from service.domain.events import (
    PUBLIC_EVENTS,
    EventType,
    ReleaseFacts,
    VersionFacts,
    event_body,
    release_data,
)
from service.domain.retry import DELIVERY_WAITS
from service.domain.signing import new_secret, sign, signed_headers

TEXT = (Path(__file__).parents[1] / "docs" / "webhooks.md").read_text(encoding="utf-8")
SECRET = new_secret(bytes(range(32)))
OTHER = new_secret(b"\xfe" * 32)
BODY = '{"title":"é – ü"}'.encode()

LANGUAGES = ("python", "js", "php", "sh")
INTERPRETERS = {"js": "node", "php": "php", "sh": "openssl"}
DRIVERS = {
    "python": """
import json, pathlib, sys
given = json.load(sys.stdin)
sys.exit(0 if verify(given["secret"], given["headers"], pathlib.Path(given["file"]).read_bytes()) else 1)
""",
    "js": """
import { readFileSync } from "node:fs";
const given = JSON.parse(readFileSync(0, "utf8"));
process.exit(verify(given.secret, given.headers, readFileSync(given.file)) ? 0 : 1);
""",
    "php": """
$given = json_decode(stream_get_contents(STDIN), true);
exit(verify($given['secret'], $given['headers'], file_get_contents($given['file'])) ? 0 : 1);
""",
}


def sample(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert 1 == len(found)
    return str(found[0])


def run(language: str, folder: Path, *, headers: dict[str, str], body: bytes = BODY, secret: str = SECRET) -> int:
    """Run a sample on one delivery and return its exit status: 0 genuine, 1 not."""
    kept = folder / "body"
    kept.write_bytes(body)
    if language == "sh":
        named = [headers[f"webhook-{name}"] for name in ("id", "timestamp", "signature")]
        command = ["sh", "-c", sample("sh") + '\nverify "$@"\n', "sh", secret, *named, str(kept)]
        return subprocess.run(command, check=False, timeout=20).returncode
    program = folder / {"python": "sample.py", "js": "sample.mjs", "php": "sample.php"}[language]
    program.write_text(sample(language) + DRIVERS[language], encoding="utf-8")
    command = [{"python": sys.executable, "js": "node", "php": "php"}[language], str(program)]
    given = json.dumps({"secret": secret, "headers": headers, "file": str(kept)})
    return subprocess.run(command, check=False, input=given, text=True, timeout=20).returncode


def genuine(*, secrets: tuple[str, ...] = (SECRET,), age: int = 0) -> dict[str, str]:
    return signed_headers(secrets, "msg_1", int(time.time()) - age, BODY)


def skip_without(language: str) -> None:
    """Skip where nothing here runs the language's sample."""
    needed = INTERPRETERS.get(language)
    if needed and not shutil.which(needed):
        pytest.skip(f"{needed} is not on the PATH, so its sample in docs/webhooks.md was not run")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    skip_without(request.param)
    return str(request.param)


@pytest.mark.parametrize("secret", [SECRET, OTHER])
def test_a_sample_accepts_either_secret_of_a_rotation(language: str, tmp_path: Path, secret: str) -> None:
    headers = genuine(secrets=(SECRET, OTHER))

    assert 0 == run(language, tmp_path, headers=headers, secret=secret)


@pytest.mark.parametrize(
    "changed",
    [
        {"body": BODY + b"\n"},
        {"secret": OTHER},
        {"headers": genuine() | {"webhook-id": "msg_2"}},
        {"headers": genuine() | {"webhook-signature": ""}},
        {"headers": genuine() | {"webhook-signature": "v1,AAAA v1, v2"}},
    ],
    ids=["body", "secret", "id", "no signature", "other signatures"],
)
def test_a_sample_refuses_what_is_not(language: str, tmp_path: Path, changed: dict[str, Any]) -> None:
    assert 1 == run(language, tmp_path, **({"headers": genuine()} | changed))


@pytest.mark.parametrize("age", [310, -310])
@pytest.mark.parametrize("language", ["python", "js", "php"], indirect=True)
def test_a_sample_refuses_what_is_old_or_from_the_future(language: str, tmp_path: Path, age: int) -> None:
    assert 1 == run(language, tmp_path, headers=genuine(age=age))


def test_the_body_shown_is_one_that_is_sent() -> None:
    version = VersionFacts(
        "fr",
        "La nouvelle passerelle cyclable ouvre",
        "https://press.example.org/fr/nieuwe-fietsbrug",
        "9f86d081884c7d65",
        datetime(2026, 2, 28, 16, 20, tzinfo=UTC),
    )
    release = ReleaseFacts("rel_8c1f", "nieuwe-fietsbrug", 2, "Nieuwe fietsbrug gaat open")

    sent = event_body(
        EventType.RELEASE_PUBLISHED,
        datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
        release_data(release, [version], sequence=4),
    )

    assert json.dumps(json.loads(sent), ensure_ascii=False, indent=2) == sample("json").strip()


def test_the_vector_shown_is_genuine() -> None:
    secret, message_id, timestamp, body, signature = re.findall(
        r"`([^`]+)`", re.sub(r"\s+", " ", TEXT[TEXT.index("this is genuine too") :])
    )[:5]

    assert signature == sign(secret, message_id, int(timestamp), body.encode())


def test_the_delivery_shown_is_genuine() -> None:
    headers = dict(re.findall(r"^(webhook-[a-z]+): (.*)$", TEXT, re.MULTILINE))
    body = json.dumps(json.loads(sample("json")), ensure_ascii=False, separators=(",", ":")).encode()
    secret = re.findall(r"`(whsec_[^`]+)`", TEXT)[0]

    signature = sign(secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body)

    assert headers["webhook-signature"] == signature


def test_every_event_is_told_with_who_may_hear_it() -> None:
    told = re.findall(r"^\| `([a-z.]+)` \|.*\| (yes)? ?\|$", TEXT, re.MULTILINE)

    assert [(event.value, "yes" if event in PUBLIC_EVENTS else "") for event in EventType] == told


def test_the_schedule_told_is_the_schedule_kept() -> None:
    told = re.search(r"at once, then after (.*?), each a fifth", re.sub(r"\s+", " ", TEXT))
    seconds = {"s": 1, "min": 60, "h": 3600}

    assert told
    waits = [int(number) * seconds[unit] for number, unit in (wait.split() for wait in told[1].split(", "))]
    assert [wait.total_seconds() for wait in DELIVERY_WAITS] == [0, *waits]
