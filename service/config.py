"""The settings of one process: read once, checked once, frozen, and handed to whoever needs them.

They come from `PERSTOLK_…` names in the environment, over those in `perstolk.env` in the variable directory.
This is the only module that reads the environment; nothing here opens a database or a connection.
"""

from __future__ import annotations

import difflib
import os
import secrets
from pathlib import Path
from typing import Annotated, Any, Self

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.settings.database_address import read_database_url
from service.settings.mail_server import SmtpServer, read_smtp_url
from service.settings.redis_address import own_redis_url, read_redis_url
from service.settings.values import (
    Address,
    Listed,
    Locale,
    Networks,
    own_address,
    read_engine_order,
    read_engine_rates,
    read_french_spacing,
    read_mail_address,
    read_mail_from,
    read_path,
    read_smtp,
    read_some,
    read_time_zone,
)

PREFIX = "PERSTOLK_"
SETTINGS_FILE = "perstolk.env"
SECRET_KEY_FILE = "secret-key"  # noqa: S105 - the name of a file
SECRET_KEY_CHARACTERS = 16


class SettingsError(Exception):
    """The settings cannot be used as they are; the sentence names every one that must change."""


class Settings(BaseSettings):
    """Everything that an office can set.

    The fields are named as in the environment, but in lower case and without the prefix.

    `secret_key` has no default; `load_settings` makes one for the embedded mode. No secret shows in a repr,
    and neither do the addresses that may carry a password.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True, hide_input_in_errors=True
    )

    secret_key: SecretStr = Field(min_length=SECRET_KEY_CHARACTERS)
    old_secret_keys: Annotated[tuple[SecretStr, ...], NoDecode, Listed] = ()
    var_dir: Annotated[Path, AfterValidator(read_path)] = Field(default=Path("var"), validate_default=True)
    database_url: Annotated[str, AfterValidator(read_database_url)] = Field(
        default_factory=lambda known: f"sqlite:///{known['var_dir']}/perstolk.db", repr=False
    )
    redis_url: Annotated[str, AfterValidator(read_redis_url)] = Field(
        default_factory=lambda known: own_redis_url(known["var_dir"]), repr=False
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: Address = Field(default_factory=lambda known: own_address(known["host"], known["port"]))
    workers: int = Field(default=4, ge=1, le=256)
    timezone: Annotated[str, AfterValidator(read_time_zone)] = "Europe/Brussels"

    source_locale: Locale = "nl"
    target_locales: Annotated[tuple[Locale, ...], NoDecode, Listed, AfterValidator(read_some)] = Field(
        default_factory=lambda known: tuple(tag for tag in ("fr", "de", "en") if tag != known["source_locale"])
    )
    french_spacing: Annotated[str, AfterValidator(read_french_spacing)] = "no-break"
    four_eyes: bool = True
    external_engines_for_embargoed: bool = False
    retry_scale: float = Field(default=1.0, gt=0, le=10)

    engines: Annotated[tuple[str, ...] | None, NoDecode, Listed, AfterValidator(read_engine_order)] = None
    libretranslate_url: Address | None = None
    libretranslate_api_key: SecretStr | None = None
    google_url: Address | None = None
    ctranslate2_dir: Path | None = None
    deepl_api_key: SecretStr | None = None
    deepl_url: Address | None = None
    microsoft_api_key: SecretStr | None = None
    microsoft_region: str | None = None
    microsoft_url: Address | None = None
    mymemory_url: Address | None = None
    mymemory_email: str | None = None
    engine_rates: Annotated[dict[str, tuple[int, float]], NoDecode, BeforeValidator(read_engine_rates)] = Field(
        default_factory=dict
    )

    webhook_allow_networks: Networks = ()
    smtp_url: Annotated[SecretStr | None, AfterValidator(read_smtp)] = None
    mail_from: Annotated[str | None, AfterValidator(read_mail_from)] = None
    accessibility_contact: Annotated[str | None, AfterValidator(read_mail_address)] = None

    @model_validator(mode="after")
    def _targets_are_others(self) -> Self:
        if self.source_locale in self.target_locales:
            message = (
                f"PERSTOLK_TARGET_LOCALES names {self.source_locale}, which is the language that texts are written in: "
                "take it out, or set PERSTOLK_SOURCE_LOCALE to the language of your texts"
            )
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> Self:
        if self.smtp_url is not None and self.mail_from is None:
            message = "PERSTOLK_SMTP_URL is set, and PERSTOLK_MAIL_FROM is not: name the address that mail comes from"
            raise ValueError(message)
        return self

    @property
    def smtp_server(self) -> SmtpServer | None:
        """Where mail goes, if the office sends any."""
        return None if self.smtp_url is None else read_smtp_url(self.smtp_url.get_secret_value())

    @property
    def own_redis(self) -> bool:
        """Is the broker the Redis that this desk starts for itself?"""
        return self.redis_url == own_redis_url(self.var_dir)


def load_settings(*, embedded: bool | None = None) -> Settings:
    """Read the settings from the environment over the settings file; nothing is kept between two calls.

    `embedded` says whether a missing secret key may be made (once, kept in the variable directory); left out,
    it may when neither a database nor a Redis is named, which is the set-up that needs no settings at all.
    Raises `SettingsError` with a sentence for every setting that is unknown, missing or wrong.
    """
    var_dir = read_path(Path(os.environ.get(f"{PREFIX}VAR_DIR") or "var"))
    settings_file = var_dir / SETTINGS_FILE
    in_file = dotenv_values(settings_file) if settings_file.is_file() else {}
    _refuse_unknown_names(set(in_file), settings_file)

    named = {name for name, value in {**in_file, **os.environ}.items() if value}
    if embedded is None:
        embedded = not named & {f"{PREFIX}DATABASE_URL", f"{PREFIX}REDIS_URL"}
    overrides: dict[str, Any] = {}
    if f"{PREFIX}SECRET_KEY" not in named:
        secret_key = _kept_secret_key(var_dir, make=embedded)
        if secret_key is not None:
            overrides["secret_key"] = secret_key
    try:
        return Settings(_env_file=settings_file, **overrides)
    except ValidationError as error:
        raise SettingsError("\n".join(_sentences(error))) from None


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment for a process that must come to the same settings wherever it starts."""
    return {
        **os.environ,
        f"{PREFIX}VAR_DIR": str(settings.var_dir),
        f"{PREFIX}HOST": settings.host,
        f"{PREFIX}PORT": str(settings.port),
    }


def _refuse_unknown_names(in_file: set[str], settings_file: Path) -> None:
    """Raise with a sentence for each name that no setting bears."""
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    sentences = [
        _unknown(name, known, "the environment")
        for name in sorted(os.environ)
        if name.startswith(PREFIX) and name not in known
    ]
    sentences += [_unknown(name, known, str(settings_file)) for name in sorted(in_file - known)]
    if f"{PREFIX}VAR_DIR" in in_file:
        sentences.append(
            f"{PREFIX}VAR_DIR cannot be set in {settings_file}, which lies in it: set it in the environment."
        )
    if sentences:
        raise SettingsError("\n".join(sentences))


def _unknown(name: str, known: set[str], where: str) -> str:
    """Say that a name is unknown, and which one may have been meant; docs/adr/0015 tells of single sign-on."""
    if name.startswith(f"{PREFIX}OIDC"):
        return (
            f"{name} in {where} cannot be used: Perstolk does not support single sign-on (OpenID Connect). "
            "People sign in with an e-mail address and a password; take the name out."
        )
    nearest = difflib.get_close_matches(name, sorted(known), n=1)
    hint = f" Did you mean {nearest[0]}?" if nearest else ""
    return f"{name} in {where} is not a setting of Perstolk.{hint}"


def _kept_secret_key(var_dir: Path, *, make: bool) -> str | None:
    """Return the key kept in the variable directory, making it first when that is allowed.

    Two processes that start at once keep one key: the file is linked into place whole, and whoever comes
    second reads the first one's.
    """
    path = var_dir / SECRET_KEY_FILE
    if make and not path.exists():
        var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = var_dir / f".{SECRET_KEY_FILE}-{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key is the desk's
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip() if path.is_file() else None


def _sentences(error: ValidationError) -> list[str]:
    """Tell each fault with the name that the office knows; never the value, which may be a secret."""
    told = []
    for fault in error.errors(include_input=False, include_url=False):
        name = PREFIX + str(fault["loc"][0]).upper() if fault["loc"] else ""
        if name == f"{PREFIX}SECRET_KEY":
            told.append(
                f"{name} is not set, or too short. Give it at least {SECRET_KEY_CHARACTERS} characters of "
                'chance, for example from `python3 -c "import secrets; print(secrets.token_urlsafe(48))"`, '
                "the same for every process."
            )
        elif not name:
            told.append(f"{fault['msg'].removeprefix('Value error, ')}.")
        elif fault["type"] != "default_factory_not_called":  # follows from another fault, which is told
            told.append(f"{name} cannot be used: {fault['msg'].removeprefix('Value error, ')}.")
    return told
