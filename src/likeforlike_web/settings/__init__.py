"""Django's settings: `front` for the website, `vault` for the worker; both from the environment alone."""
