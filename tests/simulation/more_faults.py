"""What can happen to machines, people and the server beside the network and crashes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from desk_server.accounts.service import AccountProblem
from tests.simulation import checks, faults
from tests.simulation import checks_client as client
from tests.simulation.agents import DEPARTMENTS, LOGINS
from tests.simulation.damage import KINDS

if TYPE_CHECKING:
    from tests.simulation.history import History

ROTATED = 0.7
YEAR = 365 * 86_400.0
HOURS = ((3.0,), (3.0, 4.0, 23.0), (25.0,), (25.0, 2.0), (70.0,))
JUMPS = (YEAR, -YEAR, 0.0, 0.0, 300.0, -300.0, 7_200.0)


# --- answers that are none ---------------------------------------------------------------------------------------------------


def damage(history: History) -> str | None:
    """An answer is damaged on its way, or another one takes its place: nothing that is here may go by it (P23)."""
    letter = faults.a_letter(history, back=True)
    if letter is None or letter.told is None:
        return None
    kind = history.random.choice(KINDS)
    letter.told = kind(history.random, letter.told)
    before = client.base_rows(letter.machine)
    said = history.hand_over(letter)
    client.check_p23_nothing_deleted(letter.machine, before)
    history.counts[f"damage: {kind.__name__}"] += 1
    return f"{faults.name_of(letter)} {kind.__name__} {said}"


def disk_full(history: History) -> str | None:
    """No space at some write of what a machine is doing (P25)."""
    machine = faults.a_working_one(history)
    if machine is None:
        return None
    letters = [letter for letter in machine.letters if letter.told is not None]
    write = history.random.randint(1, 12)
    if letters and history.random.random() < 0.5:
        letter = history.random.choice(letters)
        checks.before(history, letter)
        with history.disk.full(write):
            machine.receive(letter)
        checks.after(history, letter)
        return faults.name_of(letter)
    with history.disk.full(write):
        return f"{machine.name} {history.agents.act(machine)}"


def same_page_again(history: History) -> str | None:
    """A page that was applied is applied once more: nothing changes (P8)."""
    letter = faults.a_letter(history, back=True)
    if letter is None or letter.kind != "pull":
        return None
    return f"{faults.name_of(letter)} {client.check_p08_replay_changes_nothing(history, letter)}"


# --- too long a silence ------------------------------------------------------------------------------------------------------


def silence(history: History) -> str | None:
    """Hours or days pass in which some machines are cut off and others are not: leases end, what came back is taken by somebody else, and
    what was done on it meanwhile arrives late (decision 009)."""
    working = [machine for machine in history.machines if machine.signed_in]
    asleep = [machine for machine in working if history.random.random() < 0.5]
    for machine in asleep:
        history.note(f"{machine.name} {history.agents.take(machine)}")
        for _ in range(2):
            faults.a_round(history, machine)
        for _ in range(2):
            history.note(f"{machine.name} alone: {history.agents.work_alone(machine)}")
    awake = [machine for machine in working if machine not in asleep]
    for hours in history.random.choice(HOURS):
        history.time.pass_by(hours * 3_600.0)
        for machine in awake:
            faults.a_round(history, machine)
        history.note(f"silence {jobs(history)}")
        history.look()
        for machine in awake:
            history.note(f"{machine.name} {history.agents.take(machine)}")
            faults.a_round(history, machine)
    return f"of {' '.join(machine.name for machine in asleep)}"


# --- the server --------------------------------------------------------------------------------------------------------------


def crash_server(history: History) -> str | None:
    """The server's process ends before the commit of a request, or between two of them."""
    letter = faults.a_letter(history, back=False)
    if letter is None:
        history.server.forget()
        return "idle"
    said = history.arrive(letter, dies=True)
    if letter.told is None and letter.head < 0:
        letter.machine.receive(letter, "offline")
    return f"{faults.name_of(letter)} {said}"


def back_up_server(history: History) -> str:
    """A backup of the desk."""
    history.backups.append((history.server.backup(), history.oracle.copy()))
    del history.backups[:-3]
    return f"at {history.oracle.head}"


def restore_server(history: History) -> str | None:
    """The desk is put back from a backup: by the command, which rotates the epoch, or by hand, which does not (P16 to P18)."""
    if not history.backups:
        return None
    desk, log = history.random.choice(history.backups)
    rotated = history.random.random() < ROTATED
    lost = history.oracle.head - log.head
    history.counts["commits lost"] += lost
    history.epochs += rotated
    history.server.restore(desk, f"epoch-{history.epochs}" if rotated else "")
    history.oracle.restored(log)
    history.memory.rolled_back(history.oracle.receipts.values(), history.machines, history.time.now())
    history.time.pass_by(1.0)  # nobody puts a desk back and changes its members within the same second
    return f"{lost} commits lost, {'rotated' if rotated else 'by hand'}"


def prune(history: History) -> str:
    """The feed forgets what lies before its head."""
    history.server.prune()
    return "pruned"


def jobs(history: History) -> str:
    """Time does what is due."""
    return f"{history.server.do_jobs()}"


def change_scope(history: History) -> str:
    """An administrator grants or takes departments."""
    login = history.random.choice([login for login in LOGINS if login != "sam"])
    departments = history.random.choice((DEPARTMENTS[:1], DEPARTMENTS[1:], DEPARTMENTS))
    try:
        history.server.set_departments(login, departments)
    except AccountProblem as problem:
        return f"{login} {problem}"
    return f"{login} {' '.join(departments)}"


def end_sessions(history: History) -> str | None:
    """A member's tokens are over, perhaps between two batches."""
    machine = faults.a_working_one(history)
    if machine is None:
        return None
    history.server.end_sessions(machine.member)
    return machine.member


# --- machines and people -----------------------------------------------------------------------------------------------------


def jump(history: History) -> str | None:
    """A machine's wall clock is set to anything; now and then the machine is started anew, too."""
    machine = history.random.choice(history.machines)
    machine.clock.ahead = history.random.choice(JUMPS)
    if history.random.random() < 0.5:
        return f"{machine.name} {machine.clock.ahead:.0f}"
    history.drop(machine)
    machine.clock.start_again()
    return f"{machine.name} {machine.clock.ahead:.0f} {faults.start(history, machine)}"


def switch_user(history: History) -> str | None:
    """Another member signs in at a machine; what the first one left unsent stays his or hers (P21)."""
    machine = faults.a_working_one(history)
    if machine is None:
        return None
    login = history.random.choice([login for login in LOGINS if login != machine.member])
    machine.wire.away = history.random.random() < 0.1
    machine.wire.loses_reply = history.random.random() < 0.1
    return f"{machine.name} {login} {history.try_to_sign_in(machine, login)}"


def clone(history: History) -> str | None:
    """A machine's disk is copied to another machine, and both go on as the same device (P19)."""
    machine = faults.a_working_one(history)
    if machine is None or len(history.machines) >= 5:
        return None
    made = history.new_machine()
    made.twin(machine)
    history.memory.copy(machine, made)
    return f"{machine.name} as {made.name} {faults.start(history, made)}"


def copy_machine(history: History) -> str | None:
    """Somebody makes a backup of a machine's files."""
    machine = faults.a_working_one(history)
    if machine is None:
        return None
    kept = history.folder / f"{machine.name}-copy"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(machine.folder, kept)
    history.copies[machine.name] = {member: ledger.copy() for member, ledger in machine.ledgers.items()}
    return machine.name


def restore_machine(history: History) -> str | None:
    """A machine's files are put back from a backup: what was unsent since is gone, what was sent is not done twice (P19)."""
    kept = [m for m in history.machines if (history.folder / f"{m.name}-copy").exists()]
    if not kept:
        return None
    machine = history.random.choice(kept)
    history.drop(machine)
    shutil.rmtree(machine.folder)
    shutil.copytree(history.folder / f"{machine.name}-copy", machine.folder)
    history.memory.forget(machine, history.oracle.head)
    machine.ledgers = {member: ledger.copy() for member, ledger in history.copies[machine.name].items()}
    return f"{machine.name} {faults.start(history, machine)}"


def power_cut(history: History) -> str | None:
    """The machine loses power: of the cache the last commits are gone, the outbox is whole (P4, P5)."""
    machine = faults.a_working_one(history)
    if machine is None:
        return None
    folder = machine.store.folder.path
    older = history.folder / f"{machine.name}-copy" / folder.relative_to(machine.folder)
    history.drop(machine)
    machine.clock.start_again()
    if (older / "cache.db").exists():
        for file in folder.glob("cache*"):
            file.unlink()
        for file in older.glob("cache.db*"):
            shutil.copy2(file, folder)
        history.memory.forget(machine, history.oracle.head)
    return f"{machine.name} {faults.start(history, machine)}"


def block_a_lane(history: History) -> str | None:
    """For some time nothing of one lane comes through: the other one gets on all the same (P12)."""
    machine = faults.a_working_one(history)
    if machine is None or machine.runner.engine.stopped:
        return None
    blocked = history.random.choice(("push", "pull"))
    seconds = 80
    while seconds > 0 or (blocked == "push" and client.is_downloading(machine)):
        seconds -= 1
        assert seconds > -2_000, f"P12: {machine.name} does not come to an end of its download"
        history.time.pass_by(1.0)
        machine.ring()
        for letter in list(machine.letters):
            if letter.lane == blocked:
                machine.receive(letter, "offline")
            elif not history.is_held(letter):
                history.arrive(letter) if letter.told is None else history.hand_over(letter)
    client.check_p12_lanes(history, machine, blocked)
    checks.full(history)
    return f"{machine.name} {blocked}"


MORE: faults.Weights = {
    damage: 8,
    disk_full: 4,
    same_page_again: 3,
    crash_server: 4,
    prune: 1,
    back_up_server: 1,
    restore_server: 1,
    jobs: 1,
    silence: 2,
    change_scope: 2,
    end_sessions: 1,
    jump: 2,
    switch_user: 1,
    clone: 1,
    copy_machine: 1,
    restore_machine: 1,
    power_cut: 1,
    block_a_lane: 1,
}
