"""The provider's pages, a file for each part of the journey."""
