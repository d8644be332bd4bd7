"""Who may import whom, which vendor comes in by which door, and that importing does nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "chromadb",
    "onnxruntime",
    "langchain",
    "langchain_core",
    "langchain_openai",
    "openai",
    "jionlp",
    "jieba",
    "matplotlib",
    "bm25s",
    "opencc",
    "dateparser",
    "procrastinate",
)
"""Vendors that are slow to load and not needed for a first answer."""
STARTS = ("bot.running", "bot.cli", "bot.commands.backups", "bot.commands.check")
PACKAGES = ("bot", "knowledge", "prompts", "config")
LOOK = """
import importlib, json, logging, socket, sys, threading

def refuse(*args): raise RuntimeError("importing a module connects nowhere")
socket.socket.connect = refuse
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps({
    "modules": sorted(sys.modules),
    "handlers": len(logging.getLogger().handlers),
    "threads": [thread.name for thread in threading.enumerate()],
}))
"""


def after_importing(*modules: str) -> dict[str, list[str]]:
    """What a fresh interpreter has loaded and started after importing these."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOOK, *modules], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def module_names() -> list[str]:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files]
    return [name for name in names if "migrations" not in name]


def test_imports_keep_to_the_contracts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("logging.config.dictConfig", lambda _: None)  # it would silence every logger for later tests
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_a_start_loads_nothing_heavy() -> None:
    loaded = set(after_importing(*STARTS)["modules"])
    assert sorted(loaded & set(HEAVY)) == []


def test_importing_any_module_starts_nothing_and_loads_no_model() -> None:
    found = after_importing(*module_names())
    assert found["threads"] == ["MainThread"]
    assert not found["handlers"]
    assert sorted(set(found["modules"]) & {"chromadb", "langchain", "jionlp", "matplotlib", "onnxruntime"}) == []


def test_tests_have_no_packages_of_their_own() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
