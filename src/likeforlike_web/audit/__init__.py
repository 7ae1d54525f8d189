"""The record of everything that was done or looked at: it only grows, and each entry holds the hash of the last."""
