"""What a person reads when something could not be done, in their language (46)."""

from __future__ import annotations

import logging
import re

from desk_client.services.i18n import from_core
from desk_client.ui.i18n import tr
from desk_core.wording import REFUSALS

_LOG = logging.getLogger(__name__)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def sentence(error: BaseException) -> str:
    """One sentence that says what would be right. A mistake of ours is logged; its trace never reaches a person."""
    text = str(getattr(error, "text", ""))
    if not text:
        _LOG.error("unexpected", exc_info=error)
        return tr(
            "The program could not do this because of a fault of its own. What you typed is still here; try again."
        )
    return refusal(str(getattr(error, "code", "")), dict(getattr(error, "params", {}) or {}), text)


def refusal(code: str, params: dict[str, str], fallback: str) -> str:
    """The sentence of a refusal: the core's template in the person's language with its parameters, else ``fallback``.
    A server of another version may have other parameters; a sentence with gaps helps nobody."""
    template = REFUSALS.get(code) or REFUSALS.get(params.get("first", ""))
    if template is None or not set(_PLACEHOLDER.findall(template)) <= params.keys():
        return fallback
    return from_core(template, params)
