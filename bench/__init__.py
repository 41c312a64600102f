"""Measures, run by `script/bench`: each figure beside a reference of the same run. Never a test."""
