"""Registers too large for one machine: the lab's SQL on Spark, with the same results to the last byte."""
