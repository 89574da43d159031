"""The old API v2.0, as far as clients of its time used it."""
