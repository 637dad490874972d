import type { BackendFactory } from '../engine/backend.ts';
import type { EngineStatus } from '../shared/contract.ts';
import { environmentError } from '../shared/errors.ts';
import type { DeviceChoice } from '../shared/run.ts';
import type { RunSpec } from '../shared/spec.ts';

/** The engines that a process has, by name. */
export type Engines = Record<'wasm' | 'reference', BackendFactory>;

/** In the order in which `auto` would take them: the fused one first, the readable one where the first is missing. */
const preference = ['wasm', 'reference'] as const;

/**
 * The backend that trains, and why this one.
 * @throws environmentError 'backend.unavailable' when the one asked for is not to be had here
 */
export async function chooseBackend(engines: Engines, choice: RunSpec['backend']): Promise<{ factory: BackendFactory; device: DeviceChoice }> {
  const reasons: string[] = [];
  for (const name of choice === 'auto' ? preference : [choice]) {
    const factory = engines[name];
    const probe = await factory.probe();
    if (probe.available) {
      const reason = choice !== 'auto' ? 'pinned' : reasons.length > 0 ? 'fallback' : 'fastest';
      return { factory, device: { backend: name, device: probe.device, reason, detail: reasons.join('; ') } };
    }
    reasons.push(`${name}: ${probe.reason}`);
  }
  throw environmentError('backend.unavailable', `No engine can train here (${reasons.join('; ')}).`, { field: 'backend', hint: 'Choose the engine "auto".', details: { reasons: reasons.join('; ') } });
}

/** Every engine with what it found on this machine, in the order of preference. */
export function probeEngines(engines: Engines): Promise<EngineStatus[]> {
  return Promise.all(preference.map(async (name) => {
    const probe = await engines[name].probe();
    return probe.available
      ? { name, available: true, device: probe.device, reason: null, facts: probe.facts }
      : { name, available: false, device: null, reason: probe.reason, facts: {} };
  }));
}
