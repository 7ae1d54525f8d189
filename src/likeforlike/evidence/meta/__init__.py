"""Meta-analysis of estimates and their variances: numbers in, numbers out."""
