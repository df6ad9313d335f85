"""The routes, one file for each subject. Each reads: who asks, for what, in which transaction."""
