"""Rules of disclosure as data: each profile is a file that a lab may name and make stricter, never weaker."""
