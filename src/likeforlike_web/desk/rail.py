"""The stages of an analysis in the order in which data flow, and how far the last one is."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike_web.cases.models import Case
from likeforlike_web.jobs.models import Job, JobKind, JobState

STAGES: dict[str, str] = {
    "linkage": "Linkage",
    "followup": "Follow-up",
    "matching": "Matching",
    "diagnostics": "Diagnostics of the match",
    "outcomes": "Outcomes",
    "estimates": "Estimates",
    "sub_groups": "Sub-groups",
    "beside": "Other estimators",
    "timing": "Time to the first event",
    "checks": "Checks of robustness",
    "sensitivity": "Other thresholds of linkage",
    "disclosure": "Disclosure control",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage of the rail."""

    title: str
    style: str
    seconds: float | None = None


def last_run(case: Case) -> Job | None:
    """The latest analysis that was asked for."""
    return case.jobs.filter(kind=str(JobKind.RUN)).order_by("-created", "-pk").first()


def rail(job: Job | None) -> list[Stop]:
    """Every stage, and whether it is past, going on or ahead; nothing where no analysis was asked for."""
    if job is None:
        return []
    took = dict(job.stages.values_list("name", "seconds"))
    names = [name for name in STAGES if name != "sub_groups" or job.case.plan.get("sub_groups")]
    if job.state == JobState.DONE:
        here = len(names)
    elif job.stage in names:
        here = names.index(job.stage)
    else:
        here = max((names.index(name) + 1 for name in took if name in names), default=0)
    going = job.state == JobState.RUNNING
    return [
        Stop(
            STAGES[name],
            "past" if place < here else "now" if place == here and going else "ahead",
            took.get(name),
        )
        for place, name in enumerate(names)
    ]
