"""Pages of the lab's own people: requests, and the analyst's work."""
