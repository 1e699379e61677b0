"""Runs a command and prints its wall time in milliseconds and its peak memory in megabytes, as JSON.
usage: measure.py INPUT|- COMMAND...   INPUT becomes the command's standard input."""
import json
import resource
import subprocess
import sys
import time

source, command = sys.argv[1], sys.argv[2:]
stdin = subprocess.DEVNULL if source == "-" else open(source, "rb")
start = time.perf_counter()
run = subprocess.run(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
took = (time.perf_counter() - start) * 1000
if run.returncode != 0:
    sys.exit(run.stderr.decode(errors="replace").strip() or f"exit code {run.returncode}")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"ms": took, "megabytes": peak}))
