import { computed, onMounted, shallowReactive, shallowRef, watch } from 'vue';
import type { Plan } from '../../../shared/plan.ts';
import { bytesNeeded, obstaclesOf, secondsAtMost, secondsNeeded, workSizes, type Measured, type Memory, type Obstacle, type WorkSizes } from '../../../shared/preflight.ts';
import type { RunSpec } from '../../../shared/spec.ts';
import { useRunsStore } from '../../app/stores/runs.ts';
import { ask } from '../../lib/bridge.ts';

/** What is surely over in so many seconds is begun without a measurement: nobody wants to wait for that. */
const SURELY_SHORT = 120;

/** What was measured in this sitting, by the work; main remembers it for longer, by kind. */
const measured = shallowReactive(new Map<string, Measured>());

/** The work without what its time is only multiplied by. */
function keyOf({ epochs: _e, rows: _r, windows: _w, ...step }: WorkSizes, backend: RunSpec['backend']): string {
  return JSON.stringify([backend, step]);
}

/** What the settings would take on this machine, in time and memory. @param planned null while they cannot be trained */
export function useEstimate(planned: () => { spec: RunSpec; plan: Plan } | null) {
  const runs = useRunsStore();
  const memory = shallowRef<Memory | null>(null);
  const measuring = shallowRef(false);

  const sizes = computed(() => {
    const now = planned();
    return now === null ? null : workSizes(now.spec, now.plan);
  });
  const step = computed(() => (sizes.value === null ? null : measured.get(keyOf(sizes.value, planned()!.spec.backend)) ?? null));
  const estimate = computed(() => (sizes.value === null ? null : {
    bytes: bytesNeeded(sizes.value), seconds: step.value === null ? null : secondsNeeded(sizes.value, step.value.milliseconds),
  }));
  const obstacles = computed<Obstacle[]>(() => (estimate.value === null ? [] : obstaclesOf(estimate.value, memory.value)));

  async function look(): Promise<void> {
    memory.value = await ask('machine.memory').catch(() => null);
  }

  /** @throws Refusal: an engine that is not there */
  async function measure(): Promise<void> {
    if (sizes.value === null || measuring.value) return;
    const { backend } = planned()!.spec;
    const work = sizes.value;
    measuring.value = true;
    try {
      measured.set(keyOf(work, backend), await ask('train.measure', { sizes: work, backend }));
    } finally {
      measuring.value = false;
    }
  }

  /** Looks again, and measures where it is not clear that the run will be short. @returns what stands against beginning */
  async function check(): Promise<Obstacle[]> {
    await look();
    const { spec } = planned()!;
    if (obstacles.value.length === 0 && step.value === null && sizes.value !== null && secondsAtMost(sizes.value, spec.backend) > SURELY_SHORT) await measure();
    return obstacles.value;
  }

  onMounted(() => { void look(); });
  // A run leaves less memory, and its end gives it back.
  watch(() => runs.active?.id, () => { void look(); });
  return { estimate, memory, step, measuring, measure, check };
}
