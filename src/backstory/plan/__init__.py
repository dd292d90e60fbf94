"""The next week: rules that can be read and argued with, and a solver that keeps them."""
