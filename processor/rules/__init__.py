"""The decisions of the night: pure functions from the snapshot to the plan. No file, no clock, no network."""
