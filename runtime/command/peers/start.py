"""How soon a call leaves: from the start of the process to the first byte at a server of this machine.

    cargo build --release -p huaweicloud-password --features cli
    python3 runtime/command/peers/start.py target/release/hwc-password [COMMAND …]

Each COMMAND is another tool, such as "aws --version", of which the time to its end is told beside it.
Medians of 31 runs, in turn, so that what else the machine does meets all alike.
"""

import os
import shlex
import socket
import statistics
import subprocess
import sys
import threading
import time

RUNS = 31
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HUAWEICLOUD_SDK_AK": "AK",
    "HUAWEICLOUD_SDK_SK": "SK",
    "HUAWEICLOUD_SDK_PROJECT_ID": "0123456789abcdef0123456789abcdef",
    "HWC_REGION": "cn-north-4",
}
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}"


def served(listener, arrived):
    """Answers every connection once, and notes when its first byte came."""
    while True:
        connection, _ = listener.accept()
        connection.recv(65536)
        arrived.append(time.perf_counter())
        connection.sendall(RESPONSE)
        connection.close()


def first_byte(binary, endpoint, arrived):
    arrived.clear()
    arguments = ["dws", "reset-password", "--cluster-id", "c", "--password-stdin", "--endpoint", endpoint]
    begun = time.perf_counter()
    subprocess.run(
        [binary, *arguments],
        input=b"Correct-Horse-42\n",
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return arrived[0] - begun


def whole(command):
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def main():
    binary, peers = sys.argv[1], [shlex.split(peer) for peer in sys.argv[2:]]
    listener = socket.create_server(("127.0.0.1", 0))
    endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
    arrived = []
    threading.Thread(target=served, args=(listener, arrived), daemon=True).start()
    calls, versions, others = [], [], [[] for _ in peers]
    for _ in range(RUNS):
        calls.append(first_byte(binary, endpoint, arrived))
        versions.append(whole([binary, "--version"]))
        for peer, times in zip(peers, others):
            times.append(whole(peer))
    for name, times in [
        ("first byte of a call", calls),
        ("--version", versions),
        *[(" ".join(peer), times) for peer, times in zip(peers, others)],
    ]:
        print(f"{statistics.median(times) * 1000:8.1f} ms  {name}")


main()
