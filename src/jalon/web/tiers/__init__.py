"""What somebody reads by a link that the person gave: one share, a code each time, nothing else."""
