"""One night: read, plan, refuse or apply, deliver, report. The shell around the pure core."""
