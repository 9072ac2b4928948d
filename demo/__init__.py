"""The demonstration: a real server with a sample desk, the real window, and the main job walked by key presses."""
