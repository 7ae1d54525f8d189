"""Pages that anybody may read: the start page, guidance, notices, and what went wrong."""
