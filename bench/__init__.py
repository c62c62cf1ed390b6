"""What Halka promises in figures, measured: `make bench`, `make bench ONLY=request`."""
