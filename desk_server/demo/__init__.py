"""The sample desk of ``desk-server init --demo``: :func:`generate` makes it, as plain records; who stores them is another's business."""

from desk_server.demo.desk import DemoDesk, UnfitPolicy, generate

__all__ = ["DemoDesk", "UnfitPolicy", "generate"]
