"""One function for every action: it locks the request, asks the tables, changes it, and writes the event beside it."""
