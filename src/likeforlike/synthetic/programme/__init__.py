"""The programme of the twin: who took part, when they began, and how the provider wrote it down."""
