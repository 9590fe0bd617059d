"""Reading the address of a mail server; what is wrong is told without the password."""

from __future__ import annotations

import pytest

from service.config import SettingsError, load_settings
from service.settings.mail_server import read_sender, read_smtp_url


@pytest.mark.parametrize(
    "address, facts",
    [
        ("smtp://mail.office.example", ("mail.office.example", 587, "starttls", "", "")),
        ("smtp://desk:p%40ss@mail.example:25/", ("mail.example", 25, "starttls", "desk", "p@ss")),
        ("smtps://desk:secret@mail.example", ("mail.example", 465, "implicit", "desk", "secret")),
        ("smtp://10.0.0.5:25?tls=no", ("10.0.0.5", 25, "none", "", "")),
        ("smtp://localhost:2525", ("localhost", 2525, "none", "", "")),
        ("smtp://[::1]:25", ("::1", 25, "none", "", "")),
    ],
)
def test_an_address_says_where_and_how(address: str, facts: tuple[object, ...]) -> None:
    server = read_smtp_url(address)

    assert facts == (server.host, server.port, server.tls, server.user, server.password)
    assert "p@ss" not in repr(server)


@pytest.mark.parametrize(
    "address",
    [
        "mail.example",
        "https://mail.example",
        "smtp://",
        "smtp://mail.example:port",
        "smtp://mail.example?tls=maybe",
        "smtp://mail.example?ssl=no",
        "smtp://mail.example/inbox",
        "smtp://hunter2@mail.example",
        "smtps://mail.example?tls=no",
        "smtp://[mail",
    ],
)
def test_an_address_that_cannot_be_read_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path_factory.mktemp("var")))
    monkeypatch.setenv("PERSTOLK_SMTP_URL", address)
    monkeypatch.setenv("PERSTOLK_MAIL_FROM", "desk@office.example")

    with pytest.raises(SettingsError, match="PERSTOLK_SMTP_URL") as refusal:
        load_settings()

    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "desk",
        "a@b.example, c@d.example",
        "a@b.example\nBcc: c@d.example",
        "A <a@b",
        "a@b.example>",
        "Press, office <desk@office.example>",
        "Desk: office <desk@office.example>",
        "a,b@office.example",
        "a..b@office.example",
        "desk@office..example",
        "desk@büro.example",
    ],
)
def test_a_sender_is_one_address_that_mail_can_come_from(
    sender: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path_factory.mktemp("var")))
    monkeypatch.setenv("PERSTOLK_SMTP_URL", "smtp://localhost")
    monkeypatch.setenv("PERSTOLK_MAIL_FROM", sender)

    with pytest.raises(SettingsError, match="PERSTOLK_MAIL_FROM"):
        load_settings()


@pytest.mark.parametrize(
    "sender, name",
    [
        ("desk@office.example", ""),
        ("<desk@office.example>", ""),
        ("Press office <desk@office.example>", "Press office"),
        ("Persdienst  Büro O'Neil. (B) <desk@office.example>", "Persdienst Büro O'Neil. (B)"),
        ('"Press, office" <desk@office.example>', "Press, office"),
    ],
)
def test_a_sender_may_have_a_name(sender: str, name: str) -> None:
    read = read_sender(sender)

    assert (name, "desk@office.example") == (read.display_name, read.addr_spec)
