#!/bin/sh
# The packs of all districts in four processes on this machine, with GNU parallel: parallel.sh PROJECT OUT
#
# For several machines that share the same folders, add --sshlogin host1,host2 to parallel. Finished shards are in OUT.log, and
# running this again builds only what is missing.
set -eu
RETREAT="${RETREAT:-retreat}"
RAYON_NUM_THREADS=1
export RAYON_NUM_THREADS
parallel --jobs 4 --joblog "$2.log" --tag \
    "$RETREAT" build "$1" --out "$2" --all-districts --shard '{}/4' --problems-ok --quiet ::: 1 2 3 4
exec "$RETREAT" merge-shards "$1" --out "$2" --problems-ok
