"""The service: the website that charities, analysts and checkers use, and the worker behind it."""
