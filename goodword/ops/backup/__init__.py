"""Backups: a copy of everything at one moment, made while the house goes on, and put back without waking what is over."""
