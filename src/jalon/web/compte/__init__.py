"""Pages of one space: its layout, its words, and what it must never show."""
