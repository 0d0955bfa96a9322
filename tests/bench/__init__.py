"""The benchmark and other long measurements; run by command, not by the suite."""
