#!/usr/bin/env python3
"""The chores of this project. Needs Python 3.11 or newer and nothing else: each command sets up what it needs.

python3 dev.py demo [--screenshots DIR]   server, sample desk and window; or the main job offscreen, in pictures
python3 dev.py test [PYTEST ARGUMENTS]    every test; with arguments, what pytest makes of them
python3 dev.py lint                       style, types, import rules and the project's own rules
python3 dev.py bench [NAME] [--full]      the measurements of benchmarks/, at most 50 s each unless --full
python3 dev.py rules [--prove] [--write]  every rule, its tests and their result; --prove takes each out of its policy
python3 dev.py simulate [--minutes N]     random histories of server, clients and faults; --seed S plays one again
python3 dev.py mutants [WORD]             breaks the sync in a copy, mutant by mutant, and names the test that notices
python3 dev.py build                      the client as a folder that runs without Python, in dist/
python3 dev.py screenshots                makes the pictures of docs/pictures again
python3 dev.py translate                  brings the catalogues of the window's texts up to date and compiles them
python3 dev.py lock                       makes requirements.lock again from pyproject.toml
python3 dev.py setup                      the set-up alone
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

if os.name == "posix":
    import fcntl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import FrameType
    from typing import TextIO

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "set-up.stamp"
LOG = VENV / "set-up.log"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

MODULES = {"demo": "demo", "rules": "tools.rules", "simulate": "tests.simulation", "mutants": "tools.mutants"}
MODULES["translate"] = "tools.translations"

BENCH_SECONDS, POLITE_SECONDS = 50, 10

# What Qt's wheel expects of a Linux system, each library with its Debian and Ubuntu package: for all of Qt, X11, Wayland.
LIBRARIES = """
    libglib-2.0.so.0 libglib2.0-0               libGL.so.1 libgl1                      libEGL.so.1 libegl1
    libfontconfig.so.1 libfontconfig1           libxkbcommon.so.0 libxkbcommon0        libdbus-1.so.3 libdbus-1-3
    libgssapi_krb5.so.2 libgssapi-krb5-2
    libxkbcommon-x11.so.0 libxkbcommon-x11-0    libxcb-cursor.so.0 libxcb-cursor0      libxcb-icccm.so.4 libxcb-icccm4
    libxcb-image.so.0 libxcb-image0             libxcb-keysyms.so.1 libxcb-keysyms1    libxcb-randr.so.0 libxcb-randr0
    libxcb-render-util.so.0 libxcb-render-util0 libxcb-shape.so.0 libxcb-shape0        libxcb-sync.so.1 libxcb-sync1
    libxcb-xfixes.so.0 libxcb-xfixes0           libxcb-xkb.so.1 libxcb-xkb1            libX11-xcb.so.1 libx11-xcb1
    libwayland-client.so.0 libwayland-client0   libwayland-cursor.so.0 libwayland-cursor0   libwayland-egl.so.1 libwayland-egl1
"""
TEST_PROGRAMS = {"baresip": "baresip-core", "sipp": "sip-tester"}  # a softphone and who rings it, with their packages

# What pip says when it fails, and what a person can do about it.
PIP_FAILURES = (
    (
        r"NewConnectionError|NameResolutionError|name resolution|Name or service not known|Network is unreachable"
        r"|Connection refused|ConnectTimeout|ReadTimeout|ProxyError",
        "pip cannot reach the package index: check the network connection (or the index in pip's settings), then run"
        " the same command again.",
    ),
    (r"CERTIFICATE_VERIFY_FAILED", "pip does not trust the package index: name your certificate file in PIP_CERT."),
    (r"No space left on device", "The disk is full: free about 2 GB, then run the same command again."),
    (r"DO NOT MATCH THE HASHES", "A downloaded package is not the one that requirements.lock names: do not use it."),
    (
        r"No matching distribution",
        "A package has no build for this system: Linux needs glibc 2.34 (on arm64 2.39), macOS needs version 14.",
    ),
)


class Stop(Exception):
    """Ends the program with one sentence for the person."""


def say(text: str) -> None:
    print(text, flush=True)


# --- running programs -------------------------------------------------------------------------------------------------


def run(*command: str | Path, environment: Mapping[str, str] | None = None, limit: float | None = None) -> int:
    """Runs a program in this terminal to its end and returns its exit code.

    Ctrl+C, and a request to end this program, end the child cleanly first. After `limit` seconds it is ended: Stop.
    """
    child = subprocess.Popen([str(part) for part in command], cwd=ROOT, env={**os.environ, **(environment or {})})
    asked_to_end: list[int] = []

    def pass_on(number: int, _frame: FrameType | None) -> None:
        asked_to_end.append(number)
        raise KeyboardInterrupt

    polite = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, pass_on) for number in polite}
    try:
        code = child.wait(limit)
        return code if code >= 0 else 128 - code
    except subprocess.TimeoutExpired:
        end(child)
        raise Stop(f"{Path(str(command[-1])).name} took longer than {limit:.0f} s and was ended.") from None
    except KeyboardInterrupt:
        # A terminal sends Ctrl+C to the child as well; a second one would cut its tidying short.
        end(child, told=not asked_to_end and sys.stdin.isatty())
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end(child: subprocess.Popen[bytes], told: bool = False) -> None:
    """Lets a program close what it has open, as Ctrl+C would, then insists. `told`: it has been asked already."""
    for request in (signal.SIGINT, signal.SIGTERM) if os.name == "posix" else (signal.SIGTERM,):
        if not (told and request == signal.SIGINT):
            child.send_signal(request)
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            child.wait(POLITE_SECONDS)
            return
    child.kill()
    child.wait()


def python(*arguments: str | Path, limit: float | None = None, **environment: str) -> int:
    """Runs the project's own Python, set up before if need be."""
    set_up()
    # Compiled modules are kept whatever the person's habit: compiling them anew costs each run four seconds.
    return run(PYTHON, *arguments, environment={"PYTHONDONTWRITEBYTECODE": "", **environment}, limit=limit)


# --- set-up -----------------------------------------------------------------------------------------------------------


def set_up() -> None:
    """Brings .venv to what requirements.lock says; returns at once where that has been done."""
    install_system_packages(missing_packages())
    with one_at_a_time():
        wanted = fingerprint()
        if STAMP.is_file() and STAMP.read_text() == wanted:
            return
        began = time.monotonic()
        say("Setting up .venv; this is done once and takes one to three minutes.")
        make_venv()
        with LOG.open("w", encoding="utf-8") as log:
            install_packages(log)
            say("  3/3 the project itself")
            pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT), log=log)
        STAMP.write_text(wanted)
        say(f"Set up in {time.monotonic() - began:.0f} s.")


def fingerprint() -> str:
    """Changes whenever the set-up has to be done again; a moved folder counts, since scripts hold its path."""
    here = f"{platform.python_version()} {ROOT}"
    return hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + here.encode()).hexdigest()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """A second terminal waits until the first has set up, rather than both writing into .venv."""
    if os.name != "posix":  # Windows has no such lock; there this is left to the person
        yield
        return
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another dev.py is setting up; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def missing_packages() -> list[str]:
    """The Debian names of what the system lacks; empty where nothing is missing or the system is no Linux."""
    missing = []
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python{}.{}-venv".format(*sys.version_info))
    if sys.platform == "linux":
        missing += [package for library, package in re.findall(r"(\S+) (\S+)", LIBRARIES) if not loads(library)]
    return missing


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages: Sequence[str]) -> None:
    """Installs Debian packages, or says which command would."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        raise Stop(
            "Install what Debian calls " + " ".join(packages) + " with your system's package manager, then run"
            " the same command again."
        )
    if os.geteuid() != 0:
        raise Stop("Run this first: sudo apt-get install --no-install-recommends " + " ".join(packages))
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        result = subprocess.run(["apt-get", "-q", *step], env=quiet, capture_output=True, text=True, check=False)  # noqa: S607
        if result.returncode:
            print(result.stdout[-2000:], result.stderr[-2000:], sep="\n", file=sys.stderr)
            raise Stop(f"apt-get {step[0]} failed, as shown above: mend that, then run the same command again.")
    importlib.invalidate_caches()


def make_venv() -> None:
    """Makes .venv, or keeps one that this Python made and that still runs."""
    mine, ask = platform.python_version(), "import pip, platform; print(platform.python_version())"
    say(f"  1/3 Python {mine}")
    with contextlib.suppress(OSError):
        if subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True).stdout.strip() == mine:
            return
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        last = (made.stdout + made.stderr).strip().splitlines()[-1:]
        raise Stop("Python could not make the folder .venv: " + " ".join(last))


def install_packages(log: TextIO) -> None:
    total = len(re.findall(r"^[\w.-]+==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    say(f"  2/3 the {total} packages of requirements.lock, as far as this system needs them")
    done = 0

    def show(line: str) -> None:
        nonlocal done
        if line.startswith("Collecting "):
            done += 1
            if done % 15 == 0:
                say(f"      {done} fetched")
        elif line.startswith("Installing collected packages"):
            say(f"      {done} fetched; unpacking")

    pip("install", "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK), log=log, show=show)


def pip(*arguments: str, log: TextIO, show: Callable[[str], None] | None = None) -> None:
    """Runs pip, keeps what it says in the log, and turns a failure into a sentence."""
    command = [str(PYTHON), "-m", "pip", "--no-input", "--disable-pip-version-check", *arguments]
    said = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as child:
        for line in child.stdout or ():
            log.write(line)
            said.append(line)
            if show:
                show(line)
    if child.returncode:
        log.flush()
        raise Stop(pip_sentence("".join(said)))


def pip_sentence(output: str) -> str:
    """What a person can do about pip's failure."""
    for pattern, sentence in PIP_FAILURES:
        if re.search(pattern, output):
            return sentence
    return f"pip could not install the packages; what it said is in {LOG.relative_to(ROOT)}."


# --- commands ---------------------------------------------------------------------------------------------------------


def module(name: str) -> Callable[[Sequence[str]], int]:
    return lambda arguments: python("-m", name, *arguments)


def screenshots(arguments: Sequence[str]) -> int:
    nothing_more("screenshots", arguments)
    return python("-m", "demo", "--screenshots", ROOT / "docs" / "pictures")


def test(arguments: Sequence[str]) -> int:
    if shutil.which("apt-get") and os.geteuid() == 0:  # elsewhere the test that needs them is skipped
        install_system_packages([package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)])
    # Whole files, the longest first, go to one process more than there are cores: one of them always waits for something.
    spread = ("-n", str(min((os.cpu_count() or 1) + 1, 6)), "--dist", "loadfile", "--no-loadscope-reorder")
    return python("-m", "pytest", *(arguments or spread), QT_QPA_PLATFORM="offscreen")


def lint(arguments: Sequence[str]) -> int:
    """Every check runs, also after one has failed."""
    nothing_more("lint", arguments)
    typed = ["desk_core", "desk_policy", "desk_client", "desk_server", "demo", "tools", "dev.py"]
    checks = {
        "style (ruff check)": ["ruff", "check", "."],
        "layout (ruff format)": ["ruff", "format", "--check", "."],
        "types (mypy)": ["mypy", "--strict", *typed],
        "the project's own rules (tools.lints)": ["tools.lints"],
        "import rules (tests/test_architecture.py)": ["pytest", "-q", "tests/test_architecture.py"],
    }
    failed = []
    for title, command in checks.items():
        say(f"— {title}")
        if python("-m", *command) != 0:
            failed.append(title)
    say("lint: " + (f"failed: {', '.join(failed)}" if failed else "nothing found"))
    return 1 if failed else 0


def bench(arguments: Sequence[str]) -> int:
    scripts = {path.stem: path for path in sorted((ROOT / "benchmarks").glob("[!_]*.py"))}
    full = "--full" in arguments
    names = [argument for argument in arguments if argument != "--full"] or list(scripts)
    for name in names:
        if name not in scripts:
            raise Stop(f"There is no benchmark {name!r}; there are: {', '.join(scripts) or 'none yet'}.")
    code = 0
    for name in names:
        say(f"— {name}")
        code = python(scripts[name], *(["--full"] if full else []), limit=None if full else BENCH_SECONDS) or code
    return code


def build(arguments: Sequence[str]) -> int:
    nothing_more("build", arguments)
    if sys.platform == "linux":  # what PyInstaller reads, and what it packs
        lacking = [] if shutil.which("objdump") else ["binutils"]
        own = Path(sysconfig.get_config_var("LIBDIR"), str(sysconfig.get_config_var("INSTSONAME")))
        if not own.exists() and not loads(own.name):
            lacking.append("libpython{}.{}".format(*sys.version_info))
        install_system_packages(lacking)
    code = python("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR", ROOT / "build.spec")
    for program in sorted((ROOT / "dist").glob("desk-client-*/desk-client*")) if code == 0 else ():
        say(f"Built {program.parent.relative_to(ROOT)}; trying it.")
        code = run(program, "--help", environment={"QT_QPA_PLATFORM": "offscreen"}, limit=BENCH_SECONDS) or code
    return code


def lock(arguments: Sequence[str]) -> int:
    nothing_more("lock", arguments)
    return python(
        *("-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--quiet", "--upgrade"),
        *("--custom-compile-command", "python3 dev.py lock", "--output-file", LOCK.name),
    )


def setup(arguments: Sequence[str]) -> int:
    nothing_more("setup", arguments)
    set_up()
    say("Everything is set up.")
    return 0


def nothing_more(name: str, arguments: Sequence[str]) -> None:
    if arguments:
        raise Stop(f"dev.py {name} takes nothing more, but was given: {' '.join(arguments)}")


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    command.__name__: command for command in (test, lint, bench, build, screenshots, lock, setup)
} | {name: module(place) for name, place in MODULES.items()}


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        have, need = ".".join(map(str, sys.version_info[:3])), ".".join(map(str, OLDEST_PYTHON))
        print(f"dev.py: this is Python {have}; Python {need} or newer is needed.", file=sys.stderr)
        return 1
    if (name := arguments[0] if arguments else "--help") not in COMMANDS:
        asked = name in ("-h", "--help", "help")
        print(__doc__ if asked else f"dev.py: there is no command {name!r}.\n\n{__doc__}", end="")
        return 0 if asked else 2
    try:
        return COMMANDS[name](arguments[1:])
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ndev.py: stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits it ignored
    sys.exit(main(sys.argv[1:]))
