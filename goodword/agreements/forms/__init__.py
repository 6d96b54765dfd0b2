"""Shapes of what is asked in this room. They never save."""
