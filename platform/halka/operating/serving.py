"""gunicorn's own log. It writes past Django's: of a request that broke off it says the whole address, with what was
searched for, and what went wrong."""

from __future__ import annotations

from typing import Any, Final

from gunicorn.glogging import Logger

from halka.common.redaction import RedactPeople
from halka.operating.lines import RedactKeys

FILTERS: Final = (RedactPeople(), RedactKeys())


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """As gunicorn's, without people."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            for redact in FILTERS:
                handler.addFilter(redact)
