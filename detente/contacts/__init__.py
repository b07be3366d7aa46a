"""Contact state as a fold over the articles' signals."""
