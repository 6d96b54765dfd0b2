"""Pages of the reservations room: find, act, answer."""
