"""What the lab has answered before, about whom, and whether one answer more would say too much."""
