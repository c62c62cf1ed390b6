"""What the measuring processes do; each module is one party's side of one bench."""
