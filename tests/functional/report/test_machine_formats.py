"""Files for machines: CSV on the Web, ACRO's form, the research object, and the published schema."""

import hashlib
import json
import warnings
from pathlib import Path

import jsonschema
import pytest
from csvw import CSVW

from likeforlike.report.write import write_report
from support.releases import EXAMPLES
from support.reports import example, example_files, justice

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "results.schema.json"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    out = tmp_path_factory.mktemp("report")
    write_report(example("full"), justice(), out, formats=["csv"])
    return out


def test_every_csv_validates_against_its_metadata(written):
    files = sorted((written / "tables").glob("*.csv"))
    assert len(files) >= 8
    for file in files:
        found = CSVW(str(file), validate=True)
        assert found.is_valid, (file.name, [str(each.message) for each in found.warnings])


def test_a_wrong_figure_does_not_validate(written):
    file = written / "tables" / "flow.csv"
    before = file.read_text()
    file.write_text(before.replace("1190", "many"))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert not CSVW(str(file), validate=True).is_valid
    file.write_text(before)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_crate_lists_every_file_by_its_hash(name):
    files = dict(example_files(name))
    graph = {each["@id"]: each for each in json.loads(files.pop("ro-crate-metadata.json"))["@graph"]}
    assert {each["@id"] for each in graph["./"]["hasPart"]} == set(files)
    for file, content in files.items():
        assert graph[file]["sha256"] == hashlib.sha256(content).hexdigest()
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    for each in graph.values():
        for key in ("hasPart", "instrument", "object", "result", "about", "mentions", "publisher"):
            linked = each.get(key, [])
            assert {one["@id"] for one in ([linked] if isinstance(linked, dict) else linked)} <= set(graph)


@pytest.mark.parametrize("name", EXAMPLES)
def test_acros_form_has_every_table_with_its_rules(name):
    told = json.loads(example_files(name)["acro.json"])
    tables = {file for file in example_files(name) if file.endswith(".csv")}
    assert {each["files"][0]["name"] for each in told["results"].values()} == tables
    for each in told["results"].values():
        assert each["outcome"], each["properties"]["method"]
        assert each["status"] == "pass"


@pytest.mark.parametrize("name", EXAMPLES)
def test_results_keep_to_the_published_schema(name):
    schema = json.loads(SCHEMA.read_text())
    content = json.loads(example_files(name)["results.json"])
    jsonschema.validate(content, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**content, "people": ["A. Person"]}, schema)
