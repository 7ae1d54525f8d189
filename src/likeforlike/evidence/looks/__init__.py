"""Results that are looked at again as people are added: limits that looking often does not cheat."""
