#!/bin/sh
# Trains the network again and replays it, in a private environment: ENGRAM_VENV, or .venv-digits in
# the project's root. Needs Debian's python3-venv and python3-torch.
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
venv=${ENGRAM_VENV:-$folder/../../.venv-digits}
if ! /usr/bin/python3 -c 'import torch, venv, ensurepip' 2>/dev/null; then
    echo "retrain.sh: needs Debian packages: apt-get install python3-venv python3-torch" >&2
    exit 1
fi
[ -x "$venv/bin/python" ] || /usr/bin/python3 -m venv --system-site-packages "$venv"
"$venv/bin/pip" install --quiet --requirement "$folder/requirements.txt"
# A BLAS that splits a sum over threads rounds it differently.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
"$venv/bin/python" "$folder/train.py"
"$venv/bin/python" "$folder/replay.py"
