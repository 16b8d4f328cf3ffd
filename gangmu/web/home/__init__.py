"""今日: what needs me, and nothing else."""
