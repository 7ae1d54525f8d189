"""The vault's side: the only code that opens an upload. The website imports none of it."""
