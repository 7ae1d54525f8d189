"""What an organisation does by hand, done by its own programs: a request, its list, its result."""
