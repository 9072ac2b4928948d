"""What the client and the server must agree on: pure rules, records and the protocol; no clock, no disk, no network."""
