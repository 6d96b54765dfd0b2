"""What the pages of this room show, and what other rooms ask of it. Reads only."""
