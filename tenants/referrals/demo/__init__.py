"""The demo network: five organisations, one for each programme, and who looks after them. All people are invented."""
