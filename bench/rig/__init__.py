"""What the benchmarks measure with: a load generator, a backend, servers to compare with."""
