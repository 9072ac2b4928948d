"""What a request that failed means for its lane."""

from __future__ import annotations

from desk_client.models.errors import DeskError
from desk_client.sync import messages as e
from desk_client.sync.transport import TooSlow, Trouble

_SIGNED_OUT = "You were signed out by the server; sign in again. Everything that is unsent stays here."


def failed(lane: e.Lane, error: DeskError) -> e.Failed:
    """What a failed request means for its lane."""
    if not isinstance(error, Trouble):
        return e.Failed(lane, "offline", error.code, error.text, slow=isinstance(error, TooSlow))
    if error.status == 401:
        return e.Failed(lane, "refused", "signed_out", _SIGNED_OUT)
    if error.status in (403, 426):
        return e.Failed(lane, "refused", error.code, error.text)
    if error.code in ("bad_token", "stale", "bad_cursor") or (lane == "pull" and error.status == 404):
        return e.Failed(lane, "anew", error.code, error.text)
    return e.Failed(lane, "later", error.code, error.text, error.retry_after)
