"""The service with a made-up lab, for newcomers and for tests: never part of a lab that is in use."""
