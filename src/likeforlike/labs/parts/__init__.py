"""The files of a lab, each as frozen models: one module a file."""
