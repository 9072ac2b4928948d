"""The description of every route and record (OpenAPI 3.1), from the same structs that the routes decode and encode."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig

from desk_core.protocol import HEADER, MEDIA_TYPE, PROTOCOL, Problem

BODY = "body"
"""The mark on a route that names the record of its request's body."""
BINARY = "binary"
"""The mark on a route of which one side is the bytes of a file: ``request`` or ``reply``."""
_REF = "#/components/schemas/{name}"
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def describe(handlers: Sequence[HTTPRouteHandler]) -> dict[str, Any]:
    """The description as plain data, ready for JSON."""
    config = OpenAPIConfig(title="Desk server", version=str(PROTOCOL), use_handler_docstrings=True)
    whole: dict[str, Any] = Litestar(
        route_handlers=list(handlers), openapi_config=config, logging_config=None
    ).openapi_schema.to_schema()
    bodies = {path: handler.opt[BODY] for handler in handlers if BODY in handler.opt for path in handler.paths}
    binary = {
        (path_of(path), str(method).lower()): handler.opt[BINARY]
        for handler in handlers
        if BINARY in handler.opt
        for path in handler.paths
        for method in handler.http_methods
    }
    open_paths = {path for handler in handlers if handler.opt.get("anonymous") for path in handler.paths}
    kinds = (*bodies.values(), Problem)
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    schema_of = dict(zip(kinds, schemas, strict=True))
    whole["components"]["schemas"] |= components
    whole["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    problem = {"description": "What went wrong", "content": {MEDIA_TYPE: {"schema": schema_of[Problem]}}}
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            side = binary.get((path, method))
            for reply in operation["responses"].values():
                reply["content"] = _BYTES if side == "reply" else {MEDIA_TYPE: next(iter(reply["content"].values()))}
            if side == "request":
                operation["requestBody"] = {"required": True, "content": _BYTES}
            operation["responses"]["default"] = problem
            operation["security"] = [] if path in open_paths else [{"token": []}]
            if not path.startswith("/v1/health/"):
                operation.setdefault("parameters", []).append(_header())
            if path in bodies:
                content = {MEDIA_TYPE: {"schema": schema_of[bodies[path]]}}
                operation["requestBody"] = {"required": True, "content": content}
    return whole


def path_of(path: str) -> str:
    """A route's path as the description writes it, without the types of its parts."""
    return re.sub(r":\w+}", "}", path)


def _header() -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "default": PROTOCOL}
    return {
        "name": HEADER,
        "in": "header",
        "required": True,
        "schema": schema,
        "description": "The protocol's version.",
    }
