from __future__ import annotations

import stat
from ipaddress import ip_network
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest
from pydantic import ValidationError

from service.config import Settings, SettingsError, load_settings
from service.settings.redis_address import own_redis_socket

SECRET = "a secret of more than enough characters"


@pytest.fixture
def var_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


def write_file(var_dir: Path, *lines: str) -> None:
    var_dir.mkdir(exist_ok=True)
    (var_dir / "perstolk.env").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_without_any_setting_the_desk_is_whole_in_its_directory(var_dir: Path) -> None:
    settings = load_settings()

    assert f"sqlite:///{var_dir}/perstolk.db" == settings.database_url
    assert own_redis_socket(var_dir) == Path(settings.redis_url.removeprefix("unix://"))
    assert settings.own_redis
    assert "http://127.0.0.1:8000" == settings.public_url
    assert ("fr", "de", "en") == settings.target_locales


@pytest.mark.parametrize(
    "name, value, field, expected",
    [
        ("TARGET_LOCALES", "fr, en-GB", "target_locales", ("fr", "en-GB")),
        ("TARGET_LOCALES", "fr,de,fr", "target_locales", ("fr", "de")),
        ("SOURCE_LOCALE", "fr", "target_locales", ("de", "en")),
        ("SOURCE_LOCALE", "it", "target_locales", ("fr", "de", "en")),
        ("ENGINES", "google,libretranslate", "engines", ("google", "libretranslate")),
        ("ENGINES", "", "engines", None),
        ("ENGINE_RATES", "deepl=5/s, mymemory=100/h", "engine_rates", {"deepl": (5, 1.0), "mymemory": (100, 3600.0)}),
        (
            "WEBHOOK_ALLOW_NETWORKS",
            "10.0.0.0/8,::1",
            "webhook_allow_networks",
            (ip_network("10.0.0.0/8"), ip_network("::1")),
        ),
        ("LIBRETRANSLATE_URL", "http://[::1]:5000/", "libretranslate_url", "http://[::1]:5000"),
        ("FOUR_EYES", "false", "four_eyes", False),
        ("FRENCH_SPACING", "narrow", "french_spacing", "narrow"),
        ("WORKERS", "2", "workers", 2),
        ("PORT", "8123", "public_url", "http://127.0.0.1:8123"),
        ("HOST", "::1", "public_url", "http://[::1]:8000"),
        ("PUBLIC_URL", "https://desk.example/", "public_url", "https://desk.example"),
        ("LIBRETRANSLATE_URL", "", "libretranslate_url", None),
        ("ACCESSIBILITY_CONTACT", "access@office.example", "accessibility_contact", "access@office.example"),
    ],
)
def test_a_setting_is_read_from_its_name(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str, expected: object
) -> None:
    monkeypatch.setenv(f"PERSTOLK_{name}", value)

    settings = load_settings()

    assert expected == getattr(settings, field)


def test_the_environment_comes_before_the_file(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(var_dir, "PERSTOLK_PORT=8001", "PERSTOLK_WORKERS=3")
    monkeypatch.setenv("PERSTOLK_PORT", "8002")

    settings = load_settings()

    assert (8002, 3) == (settings.port, settings.workers)


@pytest.mark.parametrize("where", ["environment", "file"])
def test_an_unknown_name_is_refused_with_the_nearest_known_one(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if where == "file":
        write_file(var_dir, "PERSTOLK_DATABSE_URL=x")
    else:
        monkeypatch.setenv("PERSTOLK_DATABSE_URL", "x")

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert "PERSTOLK_DATABSE_URL" in str(refused.value)
    assert "Did you mean PERSTOLK_DATABASE_URL?" in str(refused.value)


@pytest.mark.parametrize("where", ["environment", "file"])
def test_single_sign_on_is_refused_as_what_it_is(var_dir: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if where == "file":
        write_file(var_dir, "PERSTOLK_OIDC_ISSUER=https://directory.example")
    else:
        monkeypatch.setenv("PERSTOLK_OIDC_ISSUER", "https://directory.example")

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert str(refused.value).startswith("PERSTOLK_OIDC_ISSUER in ")
    assert "Perstolk does not support single sign-on" in str(refused.value)
    assert "Did you mean" not in str(refused.value)


def test_a_name_without_the_prefix_is_refused_in_the_file(var_dir: Path) -> None:
    write_file(var_dir, "PORT=8001")

    with pytest.raises(SettingsError, match=r"^PORT in "):
        load_settings()


def test_the_directory_cannot_be_moved_by_the_file_in_it(var_dir: Path) -> None:
    write_file(var_dir, "PERSTOLK_VAR_DIR=/elsewhere")

    with pytest.raises(SettingsError, match="PERSTOLK_VAR_DIR"):
        load_settings()


@pytest.mark.parametrize(
    "name, value",
    [
        ("PORT", "70000"),
        ("TIMEZONE", "Mars/Olympus"),
        ("TARGET_LOCALES", "french"),
        ("TARGET_LOCALES", ","),
        ("TARGET_LOCALES", "fr,nl"),
        ("SOURCE_LOCALE", "dutch"),
        ("WEBHOOK_ALLOW_NETWORKS", "10.0.0.1/8"),
        ("PUBLIC_URL", "desk.example"),
        ("ACCESSIBILITY_CONTACT", "Press office <desk@office.example>"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://desk.example:port"),
        ("LIBRETRANSLATE_URL", "http://[::1"),
        ("LIBRETRANSLATE_URL", "http://two words"),
        ("REDIS_URL", "amqp://localhost"),
        ("DATABASE_URL", "mysql://desk@localhost/desk"),
        ("WORKERS", "0"),
        ("ENGINES", "google,gogle"),
        ("ENGINES", "google@office"),
        ("ENGINE_RATES", "depl=5/s"),
        ("ENGINE_RATES", "deepl=5"),
        ("SECRET_KEY", "too short"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_setting(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PERSTOLK_{name}", value)

    with pytest.raises(SettingsError) as refused:
        load_settings(embedded=True)

    assert [f"PERSTOLK_{name}"] == [line.split()[0] for line in str(refused.value).splitlines()]


def test_a_refusal_does_not_tell_the_secret(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", "tooshort")

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert "tooshort" not in str(refused.value)


def test_the_secret_key_is_made_once_for_its_owner_alone(var_dir: Path) -> None:
    first = load_settings().secret_key.get_secret_value()

    second = load_settings().secret_key.get_secret_value()

    assert first == second
    assert len(first) > 40
    assert 0o600 == stat.S_IMODE((var_dir / "secret-key").stat().st_mode)


def test_processes_that_start_at_once_agree_on_the_secret_key(var_dir: Path) -> None:
    with ThreadPool(8) as pool:
        keys = pool.map(lambda _: load_settings().secret_key.get_secret_value(), range(8))

    assert 1 == len(set(keys))


@pytest.mark.parametrize(
    "name, value", [("DATABASE_URL", "postgresql://127.0.0.1/desk"), ("REDIS_URL", "redis://127.0.0.1:6379/0")]
)
def test_outside_the_embedded_mode_the_secret_key_is_required(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PERSTOLK_{name}", value)

    with pytest.raises(SettingsError, match=r"^PERSTOLK_SECRET_KEY is not set"):
        load_settings()

    assert not (var_dir / "secret-key").exists()


def test_nothing_secret_shows_in_a_repr(var_dir: Path) -> None:
    settings = Settings(
        secret_key=SECRET,
        database_url="postgresql://desk:hunter2@db/desk",
        redis_url="redis://:hunter2@redis/0",
        deepl_api_key="hunter2",
        smtp_url="smtp://desk:hunter2@mail",
        mail_from="desk@office.example",
    )

    assert "hunter2" not in repr(settings)
    assert SECRET not in repr(settings)


def test_settings_do_not_change(var_dir: Path) -> None:
    settings = load_settings()

    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_a_socket_in_a_deep_directory_gets_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90) / "var"

    socket = own_redis_socket(deep)

    assert len(str(socket)) < 104
    assert own_redis_socket(deep) == socket
    assert own_redis_socket(deep / "other") != socket
