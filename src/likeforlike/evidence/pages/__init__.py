"""Pages about evidence: sections of words, pictures and tables, in the form of the reports."""
