"""Word documents: what they may say (placeholders), how templates are read, checked and filled, and PDF."""
