"""People and organisations: who may sign in, by whose invitation, with which second factor."""
