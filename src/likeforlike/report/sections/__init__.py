"""The sections of the report, each as what the template prints: strings, tables and figures."""
