"""A client that ends: what was asked for is finished, and nobody asks for more."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from desk_client.bootstrap import Client
from desk_client.sync.runner import Runner


def test_ending_waits_for_the_network_before_the_storage_ends(ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    held, go_on = threading.Event(), threading.Event()
    publish = Runner._publish

    def slow(runner: Runner, *args: Any, **more: Any) -> bool:
        told = publish(runner, *args, **more)
        held.set()
        return go_on.wait(30) and told

    assert ada.status.sync(20).result(30).reached
    monkeypatch.setattr(Runner, "_publish", slow)
    ada.network.wake()
    assert held.wait(30)
    ending = threading.Thread(target=ada.close)
    ending.start()
    ending.join(0.05)  # the network thread stands between its look and its wish to the storage thread
    go_on.set()
    ending.join(30)
    assert not ending.is_alive()
