"""Lists as they arrive: encrypted while they come in, so that this website never holds one that it can read."""
