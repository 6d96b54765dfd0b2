"""Measuring: the product against its floor, in the same run."""
