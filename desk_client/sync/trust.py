"""A session of requests that trusts what this machine trusts, and asks nothing else of its environment (R71, F5).

Imported when the first request is made: it is not needed before the first paint.
"""

from __future__ import annotations

import ssl
from typing import Any

import requests
import truststore
from requests.adapters import HTTPAdapter


class _SystemTrust(HTTPAdapter):
    """Certificates are judged by the system's own store: a company's authority works without a file of ours."""

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Every connection uses the system's judgement."""
        super().init_poolmanager(*args, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **more)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002 - the library's signature
        """No list of certificates beside the system's, and never none."""
        conn.cert_reqs = "CERT_REQUIRED"


def new_session() -> requests.Session:
    """No proxy, no netrc, no certificates of the environment."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", _SystemTrust())
    return session
