"""One function per act of this room. Each takes the seat and runs in one transaction."""
