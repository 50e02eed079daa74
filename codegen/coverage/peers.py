"""Time and memory of this generator and of its peers, each as a whole process: docs/coverage.md.

    python3 codegen/coverage/peers.py package/api codegen/coverage/peers.txt \\
        --ours target/release/cargo-codegen --peers ../peers/bin

The five documents of endpoints in spec/ come first, then those of the list, whose paths start at the folder.
Each run writes a folder of its own from nothing. What is counted is the CPU time of the process (user and
system), and the most memory it had: medians of the runs, which take turns.
"""

import argparse
import os
import shutil
import statistics
import tempfile
from pathlib import Path

SPEC = Path(__file__).resolve().parents[2] / "spec"
ENDPOINTS = [SPEC / f"{name}.yaml" for name in ("bms", "cbh", "dcs", "dws", "ecs")]


def tools(ours, peers):
    """What is run for a document and a folder that is not there yet."""
    return {
        "this generator": lambda doc, out: [ours, "generate", "--spec", doc, "--out", out, "--name", "measured"],
        "cargo-progenitor": lambda doc, out: [
            peers / "cargo-progenitor", "progenitor", "-i", doc, "-o", out, "-n", "measured", "-v", "0.1.0"
        ],
        "openapi-to-rust": lambda doc, out: [peers / "openapi-to-rust", "generate", doc, "--output-dir", out],
    }


def run(command):
    """CPU seconds, most memory in MB, and whether it went well."""
    null = os.open(os.devnull, os.O_RDWR)
    words = [str(it) for it in command]
    files = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    child = os.posix_spawn(words[0], words, os.environ, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    os.close(null)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status) == 0


def measure(document, commands, runs):
    """The medians of each command; none for one that failed."""
    seen = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            folder = Path(tempfile.mkdtemp())
            seen[name].append(run(command(document, folder / "out")))
            shutil.rmtree(folder)
    medians = {}
    for name, results in seen.items():
        if all(fine for _, _, fine in results):
            medians[name] = [statistics.median(it[part] for it in results) for part in (0, 1)]
    return medians


def cell(medians, name):
    if name not in medians:
        return "fails | "
    seconds, memory = medians[name]
    return f"{seconds:.3f} s | {memory:.0f} MB"


def main():
    parser = argparse.ArgumentParser(description="Time and memory of generators as whole processes")
    parser.add_argument("folder", type=Path)
    parser.add_argument("list", type=Path)
    parser.add_argument("--ours", type=Path, required=True)
    parser.add_argument("--peers", type=Path, required=True, help="the folder of the peers' programs")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    commands = tools(given.ours.resolve(), given.peers.resolve())
    others = [given.folder / line for line in given.list.read_text().split()]
    print("| document | " + " | ".join(f"{name} | " for name in commands) + " | time to the faster |")
    print("|---|" + "---|" * (2 * len(commands) + 1))
    for document in ENDPOINTS + others:
        medians = measure(document.resolve(), commands, given.runs)
        ours = medians.get("this generator")
        peers = [it[0] for name, it in medians.items() if name != "this generator"]
        ratio = f"{ours[0] / min(peers):.2f}" if ours and peers else ""
        cells = " | ".join(cell(medians, name) for name in commands)
        print(f"| `{document.name}` | {cells} | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
