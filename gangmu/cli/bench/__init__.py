"""Benchmarks: commands that print ratios, never asserts."""
