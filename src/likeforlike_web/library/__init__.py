"""The public library: every request that was ever accepted, whatever came of it."""
