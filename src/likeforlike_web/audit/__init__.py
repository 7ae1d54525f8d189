"""The record of everything that was done or looked at: added to, never changed, each entry holding the last one's hash."""
