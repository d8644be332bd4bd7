"""What must not stand in any tracked file."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("golang", "org"),
        ("anaconda", "org"),
        ("huggingface", "co"),
    )
)
"""Hosts of package registries: the index a user has configured is the one that is used."""
TOO_LARGE = 5 * 1024 * 1024


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_registry_is_named() -> None:
    found = []
    for path in tracked():
        content = path.read_bytes().lower()
        found += [f"{path.relative_to(ROOT)}: {host}" for host in REGISTRIES if host.encode() in content]
        if path.suffix in {".lock", ".toml", ".txt", ".yml"} or path.name == "Makefile":
            found += [f"{path.relative_to(ROOT)}: an index" for word in (b"--index-url", b"-i http") if word in content]
    assert found == []


def test_nothing_large_is_tracked() -> None:
    assert [str(path) for path in tracked() if path.stat().st_size > TOO_LARGE] == []


def test_no_secret_and_no_data_is_tracked() -> None:
    names = [path.relative_to(ROOT) for path in tracked()]
    assert [str(name) for name in names if name.name == ".env" or name.parts[0] == "data" or name.suffix == ".db"] == []
