"""One structured line an event, on standard error: standard output belongs to records."""

import logging
import sys

import structlog


def configure(level: str = "info", fmt: str = "console") -> None:
    """Send structlog and the standard library's loggers through one renderer. Call once, from a composition root."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if fmt == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for chatty in ("kafka", "aiokafka", "faust", "mode", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(max(root.level, logging.WARNING))


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose events are snake_case names with key-value details."""
    bound: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return bound
