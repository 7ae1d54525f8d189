"""Work for the vault: a queue in the database whose jobs are held by a lease, and survive whoever dies with one."""
