"""The kill matrix: real ``desk-client`` and ``desk-server`` processes end by SIGKILL before, after and in the middle of each write.

After every kill the program is started again as a person would, everything is sent, and both sides are read from the disk: no command, no
number and no row is lost, and none is there twice (P1 to P6, P9 to P11, P13, P24). The points are :data:`tests.kill_matrix.points.POINTS`,
what a person was doing there :data:`tests.kill_matrix.scenes.SCENES`.

``python -m tests.kill_matrix --kills 500`` repeats it for longer; the suite has one round of it.
"""
