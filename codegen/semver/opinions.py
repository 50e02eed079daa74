#!/usr/bin/env python3
"""What other tools say of the pairs of tests/pairs.yaml, beside what `cargo codegen diff` says.

    cargo build --release --package huaweicloud-codegen-cli
    npm install openapi-diff@0.24.1            # of the wire alone
    cargo install cargo-semver-checks --locked # of Rust alone; it builds the documentation of both crates
    python3 codegen/semver/opinions.py target/release/cargo-codegen \\
        --openapi-diff node_modules/.bin/openapi-diff --semver-checks cargo-semver-checks

Prints a table of the pairs on which they differ. PyYAML is all it needs besides.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def run(*command, cwd=None):
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def pairs():
    """Each change there and back: its words, the old document, the new one."""
    base = (HERE / "tests/base.yaml").read_text()
    for pair in yaml.safe_load((HERE / "tests/pairs.yaml").read_text()):
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


def rust(tool, generator, folder, target):
    """Whether cargo-semver-checks calls the change major."""
    for side in ("old", "new"):
        made = run(generator, "generate", "--spec", folder / side / "vault.yaml", "--out",
                   folder / side / "client", "--name", "vault-client",
                   "--runtime", ROOT / "runtime/core")
        if made.returncode:
            return None
        # A crate by itself, so that no workspace above is asked; of a version where a step counts.
        manifest = folder / side / "client/Cargo.toml"
        text = manifest.read_text().replace('version = "0.1.0"', 'version = "1.0.0"', 1)
        manifest.write_text(text + "\n[workspace]\n")
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target))
    checked = subprocess.run(
        [tool, "semver-checks", "--manifest-path", folder / "new/client/Cargo.toml",
         "--baseline-root", folder / "old/client", "--release-type", "minor",
         "--only-explicit-features", "--features", "mock,blocking"],
        capture_output=True, text=True, env=environment, check=False)
    if "semver requires new major version" in checked.stderr:
        return True
    return False if checked.returncode == 0 else None


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("generator", type=pathlib.Path)
    arguments.add_argument("--openapi-diff", type=pathlib.Path)
    arguments.add_argument("--semver-checks")
    arguments = arguments.parse_args()
    generator = arguments.generator.resolve()
    word = {True: "breaking", False: "not breaking", None: "nothing"}
    differ = total = 0
    print("| change | here | other |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for change, old, new in pairs():
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
                opinions.append(("wire", own, wire(arguments.openapi_diff.resolve(), folder)))
            if arguments.semver_checks:
                own = any(it["effect"] == "breaking" for it in here["rust"])
                other = rust(arguments.semver_checks, generator, folder, folder / "target")
                opinions.append(("Rust", own, other))
            for name, own, other in opinions:
                if bool(other) != own:
                    differ += 1
                    print(f"| {change} | {name}: {word[own]} | {word[other]} |", flush=True)
    print(f"\n{differ} opinions differ on {total} pairs")


if __name__ == "__main__":
    main()
