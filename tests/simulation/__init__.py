"""A deterministic simulation: one server, one to four clients, a network, disks and clocks in one thread; a seed decides everything.

The server is the real application (:mod:`desk_server.app`) on real PostgreSQL, asked without a socket; the clients are the real services,
engine and runner on real encrypted files. Clock, chance, ids, disk and network are the history's (:mod:`tests.simulation.history`), whose
oracle (:mod:`tests.simulation.oracle`) folds the committed log in memory. In the end everything is healed for all machines but one, which
stays cut off, and the others must get done.

``python3 dev.py simulate --minutes 60`` plays many histories, ``--seed S --steps N`` one of them again.

Where each promise of the sync protocol is judged (``server`` is :mod:`tests.simulation.checks_server`, ``client`` is
:mod:`tests.simulation.checks_client`, ``checks`` is :mod:`tests.simulation.checks`):

====  =====================================================================================================================
P1    ``server.check_p01_no_command_runs_twice``, ``server.check_p01_effects_once``
P2    ``server.check_p02_all_or_none``
P3    ``server.check_p03_order_and_verdicts``, ``server.check_p03_same_verdict``
P4    ``client.check_p04_shown_numbers_are_kept``
P5    ``client.check_p05_nothing_vanishes``, ``client.check_p15_all_is_judged``
P6    ``server.check_p06_numbers``
P7    ``server.check_p07_p08_whole_commits``, ``client.check_p07_reader_sees_the_log``
P8    ``server.check_p07_p08_whole_commits``
P9    ``client.check_p07_reader_sees_the_log``, ``client.check_p09_view``
P10   ``client.check_p10_verdict_with_effects``
P11   ``client.check_p11_monotonic``
P13   ``client.check_p13_digests``
P14   ``checks.Progress``
P15   ``client.check_p15_all_is_judged``
P17   ``server.check_p17_rollback_is_detected``
P20   ``server.check_p20_wire``, ``client.check_p20_nothing_outside_the_scope``
P21   ``server.check_p21_actor``
P22   ``server.check_p22_instants``
P25   :meth:`tests.simulation.agents.Agents.act`
====  =====================================================================================================================
"""
