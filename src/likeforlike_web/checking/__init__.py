"""Pages of output checkers."""
