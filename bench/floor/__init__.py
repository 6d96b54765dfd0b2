"""The floor: the least a Python program does to show such a list and keep such a row, under our server and settings."""
