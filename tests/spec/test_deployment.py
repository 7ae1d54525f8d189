"""The files of `deploy/` agree with the code, and keep what the documentation promises."""

import configparser
import os
import re
import shutil
import subprocess
import sys

import pytest
from pyrage import x25519
from source_tree import ROOT

from likeforlike.errors import InputProblem
from likeforlike_web.settings.environment import read_desk, read_front, read_shared, read_vault
from likeforlike_web.uploads.handler import LARGEST

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SERVICES = {"website": "front", "mailer": "front", "desk": "desk", "worker": "vault"}
FILLED = {
    "LIKEFORLIKE_WEB_SECRET": "k9$Zq2!" * 10,
    "LIKEFORLIKE_WEB_KEY": str(x25519.Identity.generate().to_public()),
}
SANDBOX = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "PrivatePIDs": "yes",
    "ProtectProc": "invisible",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectControlGroups": "yes",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "SystemCallArchitectures": "native",
    "UMask": "0027",
    "LimitCORE": "0",
}
VAULT = "/var/lib/likeforlike-vault"


def environment(name):
    lines = (DEPLOY / "environment" / f"{name}.env").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=")[::2] for line in lines if line and not line.startswith("#")]
    return {key: value or FILLED.get(key, "") for key, value in pairs}


def unit(path):
    """Every key of a unit's service, each with all its values."""
    found = {}
    for line in path.read_text(encoding="utf-8").split("[Service]")[1].split("[Install]")[0].splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def nginx(name):
    return (DEPLOY / "nginx" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "zone"), SERVICES.items())
def test_every_environment_is_one_that_its_process_takes(name, zone):
    env = environment(name)
    known = read_front if zone == "front" else read_shared
    assert not known(env).plain_http
    if zone == "desk":
        assert read_desk(env).folder.is_absolute()
    if zone == "vault":
        assert read_vault(env).keyring.is_absolute()
    else:
        with pytest.raises(InputProblem):
            read_vault(env)
    documented = (ROOT / "docs" / "reference" / "service-settings.md").read_text(encoding="utf-8")
    assert [variable for variable in env if f"`{variable}`" not in documented] == []


def test_only_the_mailer_knows_the_mail_server():
    assert [name for name in SERVICES if "smtp://" in environment(name)["LIKEFORLIKE_WEB_MAIL"]] == ["mailer"]


def test_each_process_has_a_role_of_its_own():
    roles = [
        re.search("postgresql://(.*?)@", environment(n)["LIKEFORLIKE_WEB_DATABASE"])[1] for n in SERVICES
    ]
    assert roles == [f"likeforlike_{name}" for name in SERVICES]
    sql = (DEPLOY / "postgresql" / "roles.sql").read_text(encoding="utf-8")
    hba = (DEPLOY / "postgresql" / "pg_hba.conf").read_text(encoding="utf-8")
    assert all(role in sql and role in hba for role in roles)
    for name in ("desk", "worker"):
        assert "sslmode=verify-full" in environment(name)["LIKEFORLIKE_WEB_DATABASE"]
        assert re.search(rf"hostssl likeforlike\s+likeforlike_{name} .* scram-sha-256", hba)
    assert "trust" not in hba


def test_the_way_to_the_database_is_checked():
    from likeforlike_web.settings.common import database

    found = database(environment("worker")["LIKEFORLIKE_WEB_DATABASE"])
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["NAME"] == "likeforlike"
    assert database(environment("website")["LIKEFORLIKE_WEB_DATABASE"])["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_unit_is_shut_in(path):
    found = unit(path)
    assert {key: found[key][-1] for key in SANDBOX} == SANDBOX
    assert found["CapabilityBoundingSet"] == [""]
    assert "@system-service" in found["SystemCallFilter"]
    assert any("@debug" in value for value in found["SystemCallFilter"])
    assert found["IPAddressDeny"] == ["any"]
    users = (DEPLOY / "systemd" / "sysusers.conf").read_text(encoding="utf-8")
    assert f"u {found['User'][0]} " in users


@pytest.mark.parametrize("name", SERVICES)
def test_every_unit_starts_a_command_that_there_is(name):
    found = unit(DEPLOY / "systemd" / f"likeforlike-{name}.service")
    assert found["EnvironmentFile"] == [f"/etc/likeforlike/{name}.env"]
    said = found["ExecStart"][0].split()
    assert said[:2] == ["/opt/likeforlike/bin/likeforlike", name]
    done = subprocess.run(
        [sys.executable, "-m", "likeforlike", name, "--help"],
        env=os.environ | {"COLUMNS": "200"}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert all(option in done.stdout for option in said[2:] if option.startswith("--"))


def test_the_desk_and_the_website_are_not_given_what_opens_a_list():
    desk = unit(DEPLOY / "systemd" / "likeforlike-desk.service")
    assert desk["TemporaryFileSystem"] == [VAULT]
    assert desk["BindReadOnlyPaths"] == [f"{VAULT}/studies"]
    for name in ("website", "mailer"):
        text = (DEPLOY / "systemd" / f"likeforlike-{name}.service").read_text(encoding="utf-8")
        assert VAULT not in text
    worker = environment("worker")
    inside = [worker[f"LIKEFORLIKE_VAULT_{key}"] for key in ("IDENTITY", "KEYRING", "FOLDER", "LEDGER")]
    writable = " ".join(unit(DEPLOY / "systemd" / "likeforlike-worker.service")["ReadWritePaths"])
    assert all(place.startswith(VAULT) for place in inside)
    assert [place in writable for place in inside] == [False, True, True, True]


@pytest.mark.parametrize("name", ["front.conf", "desk.conf"])
def test_the_proxy_agrees_with_the_settings(name):
    from likeforlike_web.settings.common import django_settings

    text, passed = nginx(name), nginx("likeforlike-proxy.conf")
    django = django_settings(read_front(environment("website")))
    wanted = f"max-age={django['SECURE_HSTS_SECONDS']}; includeSubDomains; preload"
    assert f'Strict-Transport-Security "{wanted}" always;' in text
    assert "proxy_hide_header Strict-Transport-Security;" in text
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in text
    assert "server_tokens off;" in text
    assert "proxy_max_temp_file_size 0;" in text
    header, value = django["SECURE_PROXY_SSL_HEADER"]
    assert f"proxy_set_header {header.removeprefix('HTTP_').replace('_', '-').title()} {value};" in passed
    assert django["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert "X-Forwarded-For $remote_addr;" in passed, "what a visitor claims is replaced"
    unit_name = "website" if name == "front.conf" else "desk"
    address = unit(DEPLOY / "systemd" / f"likeforlike-{unit_name}.service")["ExecStart"][0].split(
        "--address "
    )[1]
    assert set(re.findall(r"proxy_pass http:/{2}(\S+);", text)) == {address.split()[0]}
    hosts = environment(unit_name)["LIKEFORLIKE_WEB_HOSTS"]
    assert f"server_name {hosts};" in text


def test_a_list_never_rests_at_the_proxy():
    text = nginx("front.conf")
    assert "proxy_request_buffering off;" in text
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", text)[1])
    assert megabytes * 1_000_000 > 4 * LARGEST, "the website itself says what is too large"


@pytest.mark.parametrize("name", ["front.conf", "desk.conf"])
def test_secret_links_are_not_logged(name):
    from django.urls import reverse

    text = nginx(name)
    start = re.search(r"~\^(/\S+)/ ", text)[1]
    pattern = re.compile("^" + re.sub(r"\?<", "?P<", start) + "/")
    links = [reverse("invitation", args=["t0ken"])]
    links += [reverse("account_reset_password_from_key", args=["1", "t0ken"])]
    links += [reverse("sign", args=["t0ken"])] if name == "front.conf" else []
    assert all(pattern.match(link) for link in links), links
    assert "$request " not in text
    assert "$http_referer" not in text


def test_the_vault_is_reached_by_the_lab_alone_and_reaches_the_front_alone():
    text = (DEPLOY / "nftables.conf").read_text(encoding="utf-8")
    assert text.count("policy drop;") == 3
    out = re.findall(r"ip daddr (\S+) tcp dport (\{.*?\}|\d+)", text)
    assert out == [("10.20.0.1", "{ 5432, 2049 }")]
    assert "allow 10.10.0.0/16;\n    deny all;" in nginx("desk.conf")
    assert re.findall(r"ip saddr (\S+) tcp dport \{ 22, 443 \}", text) == ["10.10.0.0/16"]


@pytest.mark.parametrize("name", ["website", "desk", "mailer"])
def test_djangos_own_check_finds_nothing(name, tmp_path):
    world = environment(name) | {
        "LIKEFORLIKE_WEB_DATABASE": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": f"likeforlike_web.settings.{SERVICES[name]}",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *(p for p in sys.path if p)]),
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=world, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_the_index_names_every_file():
    index = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.name != "README.md":
            assert f"`{path.relative_to(DEPLOY).as_posix()}`" in index


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*.sh")), ids=lambda path: path.name)
def test_scripts_are_scripts(path):
    assert os.access(path, os.X_OK)
    subprocess.run([shutil.which("sh"), "-n", path], check=True)


def test_units_are_well_formed():
    for path in (DEPLOY / "systemd").glob("*.*"):
        if path.suffix in (".service", ".timer", ".mount"):
            read = configparser.ConfigParser(strict=False, interpolation=None, allow_no_value=False)
            read.optionxform = str
            read.read_string(path.read_text(encoding="utf-8"))
            assert "Unit" in read.sections(), path
