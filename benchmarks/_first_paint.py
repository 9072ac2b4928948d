"""One cold start, as a process of its own: prints the moment of the first paint of rows, the memory and the processor time until then.

``floor``: an empty table of twelve columns, the least that Qt can show. ``ours PROFILE KEY``: the program itself on a member's files.
"""

import sys
import time


def report() -> None:
    """The moment on the clock that all processes of the machine share, the resident memory in KiB, the seconds of processor time."""
    now, cpu = time.monotonic(), time.process_time()
    kib = 0
    try:
        with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - pathlib would be part of what is measured
            kib = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    except OSError:
        pass  # no such file on this system: no figure
    sys.stdout.write(f"{now} {kib} {cpu}\n")
    sys.stdout.flush()


def floor() -> None:
    """The first paint of an empty table."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 - Qt is what is measured
    from PySide6.QtGui import QStandardItemModel  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QTableView  # noqa: PLC0415

    class Seen(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, report)
                QTimer.singleShot(0, app.quit)
            return False

    app = QApplication(sys.argv[:1])
    table = QTableView()
    table.setModel(QStandardItemModel(0, 12, table))
    seen = Seen()
    table.viewport().installEventFilter(seen)
    table.resize(1_366, 768)
    table.show()
    app.exec()


def ours(profile: str, key: str) -> None:
    """The program's own start, with a key ring that answers at once."""
    import gc  # noqa: PLC0415

    gc.disable()  # as `desk-client` does
    from pathlib import Path  # noqa: PLC0415
    from typing import Any  # noqa: PLC0415

    from desk_client.bootstrap import build  # noqa: PLC0415
    from desk_client.system.keys import KeyKeeper  # noqa: PLC0415
    from desk_client.ui import app  # noqa: PLC0415

    class Ring:
        def get_password(self, _service: str, name: str) -> str | None:
            return key if name.endswith("/key") else None

        def set_password(self, _service: str, _name: str, _value: str) -> None: ...
        def delete_password(self, _service: str, _name: str) -> None: ...

    obey = app._obey_signals

    def watch(application: Any, client: Any, shown: Any) -> Any:
        from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415

        screens = shown.screens

        class Seen(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
                if event.type() == QEvent.Type.Paint and screens.window.queue_view.model().rowCount():
                    watched.removeEventFilter(self)
                    QTimer.singleShot(0, report)
                    QTimer.singleShot(0, application.quit)
                return False

        screens.seen = Seen()
        screens.window.queue_view.viewport().installEventFilter(screens.seen)
        return obey(application, client, shown)

    app._obey_signals = watch  # type: ignore[assignment]  # the last step before the window is shown
    client = build(Path(profile), offline=True, keys=KeyKeeper(backend=Ring))
    try:
        app._run(client, None)
    finally:
        client.close()


if __name__ == "__main__":
    if sys.argv[1] == "floor":
        floor()
    else:
        ours(sys.argv[2], sys.argv[3])
