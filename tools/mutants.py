"""``python3 dev.py mutants``: breaks the sync in a copy of the tree, one mutant after the other, and names the test that notices.

A mutant that no test notices ends this with 1. ``docs/reliability.md`` lists what the last run found.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "build", "dist", "pictures")
SECONDS = 600
_FAILED = re.compile(r"^FAILED (\S+)", re.MULTILINE)


class Mutant(NamedTuple):
    """``old`` in ``file`` becomes ``new``; ``tests`` are those that should notice, the likeliest first."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


HISTORIES = "tests/simulation/test_histories_again.py"
MUTANTS = (
    Mutant(
        "a receipt is dropped",
        "desk_server/sync/batch.py",
        "self._commit.receipts.append(Receipt(submission.device, seq, entry.hash, verdict))",
        'if not verdict.id.endswith("7"):\n            self._commit.receipts.append(Receipt(submission.device, seq, entry.hash, verdict))',
        (HISTORIES,),
    ),
    Mutant(
        "the cursor comes from a sequence, which has gaps",
        "desk_server/sync/commit.py",
        "return self.desk.head_seq + 1",
        "return self.desk.head_seq + 1 + (self.desk.head_seq % 5 == 4)",
        (HISTORIES,),
    ),
    Mutant(
        "the desk's counter row is not locked",
        "desk_server/sync/batch.py",
        "FROM desk WHERE id = %s FOR UPDATE",
        "FROM desk WHERE id = %s",
        ("tests/server/test_counter_row.py",),
    ),
    Mutant(
        "a push is answered before its commit",
        "desk_server/sync/executor.py",
        "        self._database.retried(lambda: self._database.executor(desk), work)",
        "        try:\n            self._database.retried(lambda: self._database.executor(desk), work)\n"
        "        except Exception:\n            _LOG.exception('lost')",
        ("tests/simulation/test_histories.py", "tests/server/test_push.py"),
    ),
    Mutant(
        "a seq that was used already is executed",
        "desk_server/sync/batch.py",
        "if isinstance(entry.sent, Given) or entry.sent.seq == expected:",
        "if isinstance(entry.sent, Given) or entry.sent.seq <= expected:",
        ("tests/server/test_push.py",),
    ),
    Mutant(
        "a gap in the seqs is skipped",
        "desk_server/sync/batch.py",
        "if isinstance(entry.sent, Given) or entry.sent.seq == expected:",
        "if isinstance(entry.sent, Given) or entry.sent.seq >= expected:",
        ("tests/server/test_push.py",),
    ),
    Mutant(
        "the overlay is not wiped before it is replayed",
        "desk_client/models/overlay.py",
        '        run(f"DELETE FROM overlay_{table}")',
        '        run(f"DELETE FROM overlay_{table} WHERE false")',
        (HISTORIES,),
    ),
    Mutant(
        "the cursor is kept before the rows of its page",
        "desk_client/models/pages.py",
        "        with store.settling():\n            if rescoped:",
        "        store.cache.set_cursor(reply.cursor)\n        with store.settling():\n            if rescoped:",
        (HISTORIES,),
    ),
    Mutant(
        "the verdicts of a page are not kept with it",
        "desk_client/models/pages.py",
        "            store.cache.settle(reply.verdicts)\n            store.forget(settled)",
        "            store.forget(settled)",
        (HISTORIES,),
    ),
    Mutant(
        "an older row replaces a newer one",
        "desk_client/models/cache.py",
        "WHERE excluded.seq >= {table}.seq",
        "WHERE true",
        ("tests/client/test_cache_rows.py",),
    ),
    Mutant(
        "a page splits a commit",
        "desk_server/sync/feed.py",
        "        return whole, last - 1",
        "        return found[:-1], last",
        (HISTORIES,),
    ),
    Mutant(
        "the anchor of a cursor is not compared",
        "desk_server/sync/feed.py",
        "if cursor.commit_seq and cursor.anchor != head.anchor:",
        "if cursor.commit_seq and head.anchor is None:",
        ("tests/server/test_pull.py",),
    ),
    Mutant(
        "a lost department stays on the disk",
        "desk_client/models/pages.py",
        "store.cache.purge(reply.scope_purge, policy_of(store))",
        "policy_of(store)",
        ("tests/simulation/test_histories.py",),
    ),
    Mutant(
        "contact does not renew a lease",
        "desk_core/leases.py",
        "add(max(ticket.taken_at, contact),",
        "add(ticket.taken_at,",
        ("tests/simulation/test_histories.py",),
    ),
    Mutant(
        "late work takes a ticket out of somebody's hand",
        "desk_core/decisions/context.py",
        "return in_time and ticket.active and not ticket.holder and",
        "return in_time and ticket.active and",
        ("tests/core/test_work_leases.py",),
    ),
    Mutant(
        "a number is not used up",
        "desk_client/models/outbox.py",
        '"UPDATE number_block SET next = next + 1 WHERE first = ?"',
        '"UPDATE number_block SET next = next WHERE first = ?"',
        ("tests/client/test_files.py::test_numbers_run_out_offline_and_the_own_range_goes_on_p6",),
    ),
)


def noticed_by(mutant: Mutant) -> str:
    """The first test that fails under the mutant, "" when none does."""
    with tempfile.TemporaryDirectory(prefix="desk-mutant-") as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        changed = copy / mutant.file
        text = changed.read_text(encoding="utf-8")
        if text.count(mutant.old) != 1:
            raise SystemExit(f"{mutant.file} has changed: correct the mutant “{mutant.name}” in tools/mutants.py.")
        changed.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
        Path(folder).chmod(0o711)  # PostgreSQL runs as a user of its own when this is started as root
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            f"--basetemp={folder}/temporary",
            *mutant.tests,
        ]
        try:
            done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return f"{mutant.tests[0]} (which does not end)"
        found = _FAILED.search(done.stdout)
        if done.returncode not in (0, 1) or (done.returncode and not found):
            raise SystemExit(
                f"The tests of “{mutant.name}” could not be run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return found[1] if found else ""


def main(arguments: list[str]) -> int:
    """Try all mutants, or those whose name holds one of the words given."""
    chosen = [m for m in MUTANTS if not arguments or any(word in m.name for word in arguments)]
    missed = 0
    for mutant in chosen:
        test = noticed_by(mutant)
        missed += not test
        print(f"| {mutant.name} | {f'`{test}`' if test else '**nobody**'} |", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} mutants were noticed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
