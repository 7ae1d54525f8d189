"""Stage 1: a provider's file becomes a cohort, or a list of problems with their remedies."""

from likeforlike.intake.assemble import assemble_cohort
from likeforlike.intake.cohort import Cohort, Source
from likeforlike.intake.pool import pool
from likeforlike.intake.problems import Problem, Problems
from likeforlike.intake.read import read_cohort
from likeforlike.intake.write import write_problems, write_templates

__all__ = [
    "Cohort",
    "Problem",
    "Problems",
    "Source",
    "assemble_cohort",
    "pool",
    "read_cohort",
    "write_problems",
    "write_templates",
]
