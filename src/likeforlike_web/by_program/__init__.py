"""Asking a lab's service from another machine, as `likeforlike request` does."""
