"""Benchmarks. Machines differ, so each prints ratios between things measured side by side."""
