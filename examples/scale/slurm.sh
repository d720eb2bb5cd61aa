#!/bin/sh
#SBATCH --job-name=retreat
#SBATCH --array=1-4
#SBATCH --cpus-per-task=2
#SBATCH --mem-per-cpu=1G
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=retreat-%a.log

# The packs of all districts on four machines: one shard for each task of the array.
#
#     job=$(sbatch --parsable slurm.sh PROJECT OUT)
#     sbatch --dependency=afterok:$job --wrap "retreat merge-shards PROJECT --out OUT --problems-ok"
#
# PROJECT and OUT are folders that all machines can access. A task that is requeued builds only what is missing.

RAYON_NUM_THREADS="${SLURM_CPUS_PER_TASK:-2}"
export RAYON_NUM_THREADS
exec "${RETREAT:-retreat}" build "$1" --out "$2" --all-districts --shard auto --problems-ok
