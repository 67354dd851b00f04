"""One JSON object a line on the standard error, from our own loggers and everybody else's.

A line may say who did what to which address and how it ended; it never holds a body, a query string, a form or a mail.
Values bound with `structlog.contextvars` (the request's id) stand on every line of that request.
"""

from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

# What a library may hang on a record and nobody should keep: Django's `request` carries the whole form.
LEFT_OUT = ("request", "status_code", "server_time")


def _without_payload(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    for key in LEFT_OUT:
        line.pop(key, None)
    return line


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configuration(level: str) -> dict[str, Any]:
    """Django's `LOGGING`: everything from `level` up, as JSON. Also sets structlog up for our own loggers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _without_payload,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(sort_keys=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["output"], "level": level},
        "loggers": {
            # Its warnings repeat, with the full path, what the line of the request says already.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "procrastinate": {"level": "WARNING"},
            "psycopg.pool": {"level": "ERROR"},
        },
    }


def logger(name: str) -> Any:
    """A logger whose `info("event", key=value)` becomes one JSON line."""
    return structlog.stdlib.get_logger(name)
