"""What an operator may choose: environment (`COLLEGIUM_*`) over `collegium.toml` in the data folder over defaults."""

import os
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

CLONE = Path(__file__).resolve().parents[2]


class BadOption(SystemExit):
    """A setting that cannot be understood; ends the program with one sentence."""


@dataclass(frozen=True)
class Options:
    """Every setting there is, with its default. A list in the environment is separated by commas."""

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    hosts: list[str] = field(default_factory=list)
    trusted_proxies: list[str] = field(default_factory=list)
    web_workers: int = 2
    web_threads: int = 8
    log_level: str = "INFO"
    logs: str = "files"
    debug: bool = False
    styleguide: bool = False
    previews: bool = True
    resolver: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: bool = True
    mail_from: str = "Collegium <collegium@localhost>"
    mail_reply_to: str = ""
    mail_bounces: str = ""
    database_url: str = ""
    accel: str = ""
    s3_bucket: str = ""
    s3_endpoint: str = ""
    s3_region: str = ""
    s3_access_key: str = ""
    s3_secret_key: str = ""
    data: Path = CLONE / "data"

    @property
    def clone(self) -> Path:
        """The folder the code lies in."""
        return CLONE

    @property
    def https(self) -> bool:
        """The public address is a secure one: cookies are then for it alone."""
        return self.public_url.startswith("https://")

    @property
    def storage(self) -> dict[str, Any]:
        """Django's description of where files lie: the data folder, or a bucket."""
        if not self.s3_bucket:
            return {"BACKEND": "collegium.media.storage.DurableStorage"}
        return {
            "BACKEND": "collegium.media.bucket.BucketStorage",
            "OPTIONS": {
                "bucket_name": self.s3_bucket,
                "endpoint_url": self.s3_endpoint or None,
                "region_name": self.s3_region or None,
                "access_key": self.s3_access_key or None,
                "secret_key": self.s3_secret_key or None,
            },
        }

    @property
    def allowed_hosts(self) -> list[str]:
        """Host names this community answers to."""
        public = [urlsplit(self.public_url).hostname or ""] if self.public_url else []
        return [name for name in [*self.hosts, *public, self.host, "localhost", "127.0.0.1", "[::1]"] if name]

    @cached_property
    def secret_key(self) -> str:
        """Signs sessions and links; made once, kept in the data folder, readable by its owner only."""
        path = self.data / "secret.key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                return path.read_text().strip()
            with os.fdopen(handle, "w") as out:
                out.write(secrets.token_urlsafe(50))
                out.flush()
                os.fsync(out.fileno())
        return path.read_text().strip()

    @property
    def nameserver(self) -> tuple[str, int] | None:
        """Who is asked for names when a domain is to be proved: address and port; None is this machine's own resolver.

        Raises:
            BadOption: the setting is no address.
        """
        if not self.resolver:
            return None
        bare = self.resolver.count(":") > 1 and "[" not in self.resolver
        try:
            url = urlsplit(f"//[{self.resolver}]" if bare else f"//{self.resolver}")
            return str(ip_address(url.hostname or "")), url.port or 53
        except ValueError:
            raise BadOption(f"The setting resolver cannot be {self.resolver!r}: an address, or address:port.") from None

    @property
    def database(self) -> dict[str, Any]:
        """Django's description of the database: an external one by URL, else the embedded one's socket."""
        url = urlsplit(self.database_url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")) or "collegium",
            "USER": unquote(url.username or "") or "collegium",
            "PASSWORD": unquote(url.password or ""),
            "HOST": _host(url.query) or url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": True,
            # Statements are prepared after five uses: planning the rule of sight costs more than asking it.
            "OPTIONS": {
                "server_side_binding": True,
                "prepare_threshold": 5,
                "pool": {"min_size": 1, "max_size": self.web_threads + 4, "timeout": 10},
            },
        }


def _host(query: str) -> str:
    """A socket folder, given as `?host=/folder`."""
    return next((unquote(part[5:]) for part in query.split("&") if part.startswith("host=")), "")


def _read() -> Options:
    data = Path(os.environ.get("COLLEGIUM_DATA") or CLONE / "data").absolute()
    path = data / "collegium.toml"
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text()) if path.exists() else {}
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise BadOption(f"{path} cannot be read: {error}.") from None
    known = {each.name: each for each in fields(Options)}
    strange = sorted(set(given) - set(known))
    if strange:
        raise BadOption(f"{path}: unknown setting {strange[0]!r}.")
    for name in known:
        if (text := os.environ.get(f"COLLEGIUM_{name.upper()}")) is not None:
            given[name] = text
    if url := os.environ.get("DATABASE_URL"):
        given["database_url"] = url
    defaults = Options()
    values = {name: _typed(name, value, getattr(defaults, name)) for name, value in given.items()}
    return Options(**{**values, "data": data})


def _typed(name: str, value: Any, default: Any) -> Any:
    """The value in the type of the default.

    Raises:
        BadOption: it is not of that type.
    """
    try:
        if isinstance(default, bool):
            return (
                value
                if isinstance(value, bool)
                else {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}[value.lower()]
            )
        if isinstance(default, list):
            return (
                list(value) if isinstance(value, list) else [part.strip() for part in value.split(",") if part.strip()]
            )
        return type(default)(value)
    except (ValueError, KeyError, AttributeError):
        raise BadOption(f"The setting {name} cannot be {value!r}.") from None


options = _read()
