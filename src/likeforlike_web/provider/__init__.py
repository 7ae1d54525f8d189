"""The provider's journey: from the first answer to the result."""
