"""A deterministic simulation: one server, one to four clients, a network, disks and clocks in one thread; a seed decides everything.

The server is the real application (:mod:`desk_server.app`) on real PostgreSQL, asked without a socket; the clients are the real services,
engine and runner on real encrypted files. Clock, chance, ids, disk and network are the history's (:mod:`tests.simulation.history`), whose
oracle (:mod:`tests.simulation.oracle`) folds the committed log in memory. In the end everything is healed for all machines but one, which
stays cut off, and the others must get done.

``python3 dev.py simulate --minutes 60`` plays many histories, ``--seed S --steps N`` one of them again.

What can happen in a step is in :mod:`tests.simulation.faults` and :mod:`tests.simulation.more_faults`.

Where each promise of the sync protocol is judged (``server`` is :mod:`tests.simulation.checks_server`, ``client`` is
:mod:`tests.simulation.checks_client`, ``checks`` is :mod:`tests.simulation.checks`): after every step (*), with every answer (+), or every
25 steps, after every start of a program and at the end:

====  =====================================================================================================================
P1    ``server.check_p01_no_command_runs_twice`` (*), ``server.check_p01_effects_once``
P2    ``server.check_p02_all_or_none``
P3    ``server.check_p03_order_and_verdicts`` (*), ``server.check_p03_same_verdict`` (+)
P4    ``client.check_p04_shown_numbers_are_kept``
P5    ``client.check_p05_nothing_vanishes``, ``client.check_p15_all_is_judged``
P6    ``server.check_p06_numbers``
P7    ``server.check_p07_p08_whole_commits`` (+), ``client.check_p07_reader_sees_the_log``; two processes:
      ``tests/server/test_counter_row.py``
P8    ``server.check_p07_p08_whole_commits`` (+), ``client.check_p08_replay_changes_nothing``
P9    ``client.check_p07_reader_sees_the_log``, ``client.check_p09_view``
P10   ``client.check_p10_verdict_with_effects``
P11   ``client.check_p11_monotonic`` (+)
P12   ``client.check_p12_lanes``, after minutes in which one lane was blocked
P13   ``client.check_p13_digests``, at the end
P14   ``checks.Progress``, while everything is healed
P15   ``client.check_p15_all_is_judged``, at the end, with commands among them that nobody can read
P16   ``client.check_p16_reset_keeps`` (+)
P17   ``server.check_p17_rollback_is_detected`` (+)
P18   ``client.check_p05_nothing_vanishes`` and ``client.check_p15_all_is_judged`` after restores of the server
P19   ``server.check_p01_effects_once`` and ``client.check_p15_all_is_judged`` for clones and restored machines
P20   ``server.check_p20_wire`` (+), ``client.check_p20_nothing_outside_the_scope``; bytes on the disk:
      ``tests/journeys/test_scope.py``, ``tests/journeys/test_scope_change.py``
P21   ``server.check_p21_actor``, ``client.check_p05_nothing_vanishes`` when the first member comes back
P22   ``server.check_p22_instants`` (*), with wall clocks that are years off
P23   ``client.check_p23_nothing_deleted``, after every damaged answer
P24   ``client.check_p24_old_cache_serves`` (+), ``client.check_p07_reader_sees_the_log`` after processes that died amid a snapshot
P25   :meth:`tests.simulation.agents.Agents.act`, with a disk that is full at any write
P26   is not judged here: recorded exchanges of version 1, ``tests/server/test_protocol_versions.py``
L1-4  what decision 009 promises of work on lease: :mod:`tests.simulation.checks_leases`
====  =====================================================================================================================
"""
