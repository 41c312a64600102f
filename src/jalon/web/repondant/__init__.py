"""The space of those who were asked for their look: one link, no account, their own answers and nothing else."""
