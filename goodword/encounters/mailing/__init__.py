"""Letters of this room, and when they are put into the outbox."""
