#!/usr/bin/env python3
"""What other tools say of the pairs of tests/pairs.yaml, beside what `cargo codegen diff` says.

    cargo build --release --package huaweicloud-codegen-cli
    npm install openapi-diff@0.24.1            # of the wire alone
    cargo install cargo-semver-checks --version 0.51.0 --locked # of Rust alone
    python3 codegen/semver/opinions.py target/release/cargo-codegen \\
        --openapi-diff node_modules/.bin/openapi-diff --semver-checks ~/.cargo/bin/cargo-semver-checks

Prints a table of the pairs on which they differ. PyYAML is all it needs besides.
"""

import argparse
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def run(*command, cwd=None):
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def pairs(every):
    """Each change there and back, or one of so many: its words, the old document, the new one."""
    base = (HERE / "tests/base.yaml").read_text()
    for pair in yaml.safe_load((HERE / "tests/pairs.yaml").read_text())[::every]:
        changed = base.replace(pair["from"], pair["to"])
        yield pair["change"], base, changed
        yield pair["change"] + ", back", changed, base


def wire(tool, folder):
    """Whether openapi-diff calls the change breaking; None where it sees no difference."""
    said = run(tool, folder / "old/vault.yaml", folder / "new/vault.yaml").stdout
    start = said.find("{")
    if start < 0:
        return None
    found = json.loads(said[start:])
    if found["breakingDifferencesFound"]:
        return True
    seen = found.get("nonBreakingDifferences") or found.get("unclassifiedDifferences")
    return False if seen else None


def documented(generator, folder, document):
    """The public items of the crate of a document, as rustdoc tells them: a file of JSON."""
    name = hashlib.sha256(document.encode()).hexdigest()[:16]
    there = folder / f"{name}.json"
    if there.exists():
        return there
    client = folder / "client"
    (folder / "vault.yaml").write_text(document)
    run(generator, "generate", "--spec", folder / "vault.yaml", "--out", client,
        "--name", "vault-client", "--runtime", ROOT / "runtime/core")
    # A crate by itself, so that no workspace above is asked; of a version where a step counts.
    manifest = client / "Cargo.toml"
    text = manifest.read_text().replace('version = "0.1.0"', 'version = "1.0.0"', 1)
    if "[workspace]" not in text:
        manifest.write_text(text + "\n[workspace]\n")
    shutil.copy(ROOT / "Cargo.lock", client)
    # What cargo-semver-checks asks of rustdoc; on a stable toolchain this is how.
    flags = "-Zunstable-options --document-private-items --document-hidden-items --output-format=json --cap-lints=allow"
    environment = dict(os.environ, RUSTC_BOOTSTRAP="1", RUSTDOCFLAGS=flags,
                       CARGO_TARGET_DIR=str(folder / "target"))
    made = subprocess.run(
        ["cargo", "doc", "--no-deps", "--lib", "--features", "mock,blocking", "--manifest-path", manifest],
        capture_output=True, text=True, env=environment, check=False)
    if made.returncode:
        sys.exit(made.stderr)
    shutil.copy(folder / "target/doc/vault_client.json", there)
    return there


def rust(tool, old, new):
    """Whether cargo-semver-checks calls the change major, and by which of its rules."""
    checked = run(tool, "semver-checks", "--baseline-rustdoc", old, "--current-rustdoc", new,
                  "--release-type", "minor")
    if checked.returncode == 0:
        return False, ""
    rules = re.findall(r"--- failure (\w+):", checked.stdout + checked.stderr)
    if not rules:
        sys.exit(checked.stdout + checked.stderr)
    return True, ", ".join(rules)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("generator", type=pathlib.Path)
    arguments.add_argument("--openapi-diff", type=pathlib.Path)
    arguments.add_argument("--semver-checks", type=pathlib.Path)
    arguments.add_argument("--every", type=int, default=1, help="one change of so many")
    arguments = arguments.parse_args()
    generator = arguments.generator.resolve()
    word = {True: "breaking", False: "not breaking", None: "nothing"}
    differ = total = 0
    print("| change | here | other | why |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for change, old, new in pairs(arguments.every):
            for side, text in (("old", old), ("new", new)):
                (folder / side).mkdir(exist_ok=True)
                (folder / side / "vault.yaml").write_text(text)
            said = run(generator, "diff", "--foreign", folder / "old/vault.yaml",
                       folder / "new/vault.yaml", "--format", "json")
            here = json.loads(said.stdout)
            total += 1
            opinions = []
            if arguments.openapi_diff:
                own = any(it["severity"] == "breaking" for it in here["changes"])
                other = wire(arguments.openapi_diff.resolve(), folder)
                opinions.append(("wire", own, other, ""))
            if arguments.semver_checks:
                breaking = [it["code"] for it in here["rust"] if it["effect"] == "breaking"]
                files = [documented(generator, folder, it) for it in (old, new)]
                other, rules = rust(arguments.semver_checks.resolve(), *files)
                opinions.append(("Rust", bool(breaking), other, rules or ", ".join(breaking)))
            for name, own, other, why in opinions:
                if bool(other) != own:
                    differ += 1
                    print(f"| {change} | {name}: {word[own]} | {word[other]} | {why} |", flush=True)
    print(f"\n{differ} opinions differ on {total} pairs")


if __name__ == "__main__":
    main()
