"""The second reading of what was written, by other means than the first. Imports `package`, `sheet` and `edits`."""
