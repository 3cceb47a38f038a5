"""Measurements, each beside a rival in the same run: `make bench-<name>` or `python -m benchmarks.<name>`."""
