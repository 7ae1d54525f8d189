"""How every page looks: one base, one form field, one style sheet; nothing from anybody else's server."""
