"""Measurements, each beside a rival in the same run. Start one with `make bench-<name>` or `python -m benchmarks.<name>`."""
