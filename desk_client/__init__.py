"""The agent's program: the window, its terminal twin, and the local data that both work on."""
