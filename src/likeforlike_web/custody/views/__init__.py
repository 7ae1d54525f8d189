"""Pages of whoever runs the lab."""
