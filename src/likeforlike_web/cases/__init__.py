"""Requests: their states, who may do what in each, and one function for every action."""
