"""A real softphone, baresip, that a real caller, sipp, rings up on loopback; neither makes a sound."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import until

MODULES = Path("/usr/lib/baresip/modules")
_CONFIG = """
poll_method poll
sip_listen 127.0.0.1:{sip}
audio_player aubridge,nil
audio_source aubridge,nil
audio_alert aubridge,nil
ring_aufile none
module_path {modules}
module g711.so
module aubridge.so
module cons.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{events}
cons_listen 127.0.0.1:{keys}
rtp_ports 41000-41100
"""
_HEAD = """Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: {caller};tag=[call_number]
To: <sip:desk@[remote_ip]:[remote_port]>{tag}
Call-ID: [call_id]
CSeq: {sequence}
Contact: <sip:caller@[local_ip]:[local_port]>
Max-Forwards: 70
"""
_OFFER = """Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
"""


def _sent(method: str, caller: str, number: int, *, answered: bool = True) -> str:
    first = f"{method} sip:desk@[remote_ip]:[remote_port] SIP/2.0\n"
    head = _HEAD.format(caller=caller, tag="[peer_tag_param]" if answered else "", sequence=f"{number} {method}")
    body = _OFFER if method == "INVITE" else "Content-Length: 0\n\n"
    return f"<send><![CDATA[\n{first}{head}{body}\n]]></send>"


def scenario(caller: str, end: str) -> str:
    """What sipp plays: it rings; ``end`` is "hangs up" (after the answer and a moment) or "refused"."""
    rings = "".join(f'<recv response="{code}" optional="true"/>' for code in (100, 180, 183))
    invite, ack = _sent("INVITE", caller, 1, answered=False), _sent("ACK", caller, 1)
    talk = f'<recv response="200"/>{ack}<pause milliseconds="700"/>{_sent("BYE", caller, 2)}<recv response="200"/>'
    refused = f'<recv response="486"/>{ack}'
    rest = talk if end == "hangs up" else refused
    return f'<?xml version="1.0" encoding="UTF-8"?><scenario name="caller">{invite}{rings}{rest}</scenario>'


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port that nothing uses now."""
    with socket.socket(socket.AF_INET, kind) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Softphone:
    """baresip at work. ``rang`` holds when it said that somebody calls (monotonic seconds)."""

    def __init__(self, folder: Path, sipp: str, process: subprocess.Popen[str], ports: tuple[int, int, int]) -> None:
        self._folder, self._sipp, self._process = folder, sipp, process
        self._sip, self.events, self._keys = ports
        self.rang: list[float] = []
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, name="baresip-says", daemon=True)
        self._reader.start()

    def end(self) -> None:
        """It is closed."""
        self._process.terminate()
        self._process.wait(10)
        self._line.close()
        self._reader.join(5)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            if "Incoming call from" in line:
                self.rang.append(time.monotonic())
            self.said.append(line)

    def wait_ready(self) -> None:
        """Until it takes calls and keys."""
        until(lambda: any("baresip is ready" in line for line in self.said), "baresip")
        # Kept open: baresip forgets what was pressed when the line goes before it has answered.
        self._line = socket.create_connection(("127.0.0.1", self._keys), timeout=5)

    def key(self, command: str) -> None:
        """What the person does at the softphone: ``accept``, ``hangup``."""
        self._line.sendall(f"/{command}\n".encode())

    @contextmanager
    def called_by(self, caller: str, end: str = "refused") -> Iterator[None]:
        """Somebody calls; ``caller`` is the From header as it comes over the wire. At the end of the block the call has ended."""
        play = self._folder / f"caller-{len(self.rang)}.xml"
        play.write_text(scenario(caller, end))
        where = ["-i", "127.0.0.1", "-p", str(free_port(socket.SOCK_DGRAM)), f"127.0.0.1:{self._sip}"]
        command = [self._sipp, "-sf", str(play), "-m", "1", "-nostdin", "-timeout", "30", *where]
        caller_ = subprocess.Popen(
            command, cwd=self._folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            yield
            out, _ = caller_.communicate(timeout=30)
            assert caller_.returncode == 0, out
        finally:
            caller_.kill()
            caller_.communicate()


@contextmanager
def softphone(folder: Path, tool: Callable[[str], str]) -> Iterator[Softphone]:
    """Start baresip with an account of its own; ``tool`` finds programs."""
    program, sipp = tool("baresip"), tool("sipp")
    ports = (free_port(socket.SOCK_DGRAM), free_port(), free_port())
    (folder / "config").write_text(_CONFIG.format(sip=ports[0], events=ports[1], keys=ports[2], modules=MODULES))
    (folder / "accounts").write_text(f"<sip:desk@127.0.0.1:{ports[0]}>;regint=0;answermode=manual\n")
    (folder / "contacts").write_text("")
    process = subprocess.Popen(
        [program, "-4", "-f", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    phone = Softphone(folder, sipp, process, ports)
    try:
        phone.wait_ready()
        yield phone
    finally:
        phone.end()
