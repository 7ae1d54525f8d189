"""The desk's pages, a file for each kind."""
