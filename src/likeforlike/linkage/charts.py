"""A trained model as Splink draws it: the weight of each level, and how often each is seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from splink import SettingsCreator

if TYPE_CHECKING:
    from likeforlike.linkage.train import Model

NUMBERED = re.compile(r"(clip|gradient_)\d+")


def model_charts(model: Model) -> dict[str, str]:
    """Two charts of a model as SVG.

    Parameters
    ----------
    model
        Splink's settings with trained parameters.

    Returns
    -------
    dict
        `weights`, the match weight of each level; `agreement`, m and u, how often true pairs and unlike people
        are at each level.
    """
    import vl_convert

    settings: Any = SettingsCreator.from_path_or_dict(model).get_settings("duckdb")
    drawn = {"weights": settings.match_weights_chart(), "agreement": settings.m_u_parameters_chart()}
    specs = {name: chart.chart_dict for name, chart in drawn.items()}
    for spec in specs.values():
        # it speaks of a mouse wheel, which a picture does not have
        spec["title"].pop("subtitle", None)
    return {
        name: _same_each_time(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
        for name, spec in specs.items()
    }


def _same_each_time(svg: str) -> str:
    # clipping paths and gradients are numbered on from chart to chart within a process
    names: dict[str, str] = {}
    return NUMBERED.sub(lambda found: names.setdefault(found.group(), f"{found.group(1)}{len(names)}"), svg)
