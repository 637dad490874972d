import type { BackendFactory } from '../engine/backend.ts';
import type { EngineStatus } from '../shared/contract.ts';
import { environmentError } from '../shared/errors.ts';
import type { DeviceChoice } from '../shared/run.ts';
import type { RunSpec } from '../shared/spec.ts';
import { kindOf, measure, type Measurements, type StepTimes, type Work } from './measure.ts';

/** The engines that a process has, by name; those that have to be installed, and where measurements are kept, are a host's. */
export interface Engines {
  wasm: BackendFactory;
  reference: BackendFactory;
  tensorflow?: BackendFactory;
  webgpu?: BackendFactory;
  measurements?: Measurements;
}

/** In the order in which they are listed, and in which `auto` takes them where nothing was measured: the readable one comes last. */
const preference = ['wasm', 'tensorflow', 'webgpu', 'reference'] as const;

interface Chosen { factory: BackendFactory; device: DeviceChoice }

/** "wasm 0.31, tensorflow 2.4": milliseconds a step, the fastest first. */
export function timesInWords(times: StepTimes): string {
  return Object.entries(times).sort((a, b) => a[1] - b[1]).map(([name, ms]) => `${name} ${ms < 10 ? ms.toPrecision(2) : ms.toFixed(0)}`).join(', ');
}

/** Where more than one fast engine is at hand, the faster one at this very work; null where there is no choice. */
async function fastest(engines: Engines, work: Work): Promise<Chosen | null> {
  const found = await Promise.all([engines.wasm, engines.tensorflow, engines.webgpu].flatMap((factory) => (factory === undefined ? [] : [factory.probe().then((probe) => ({ factory, probe }))])));
  const usable = found.flatMap(({ factory, probe }) => (// A GPU made of software only takes the place of the processor, and is slower at it.
    probe.available && probe.facts['software'] !== true ? [{ factory, device: probe.device }] : []));
  if (usable.length < 2) return null;
  const kind = kindOf(work);
  const known = engines.measurements?.get(kind) ?? null;
  const isWhole = known !== null && usable.every(({ factory }) => known[factory.name] !== undefined);
  const times = isWhole ? known : await measure(usable.map(({ factory }) => factory), work);
  // One that could not do it now may another time: that is not remembered.
  const able = usable.filter(({ factory }) => times[factory.name] !== undefined);
  if (!isWhole && able.length === usable.length) engines.measurements?.set(kind, times);
  const best = able.reduce((a, b) => (times[b.factory.name]! < times[a.factory.name]! ? b : a));
  return { factory: best.factory, device: { backend: best.factory.name, device: best.device, reason: 'measured', detail: timesInWords(times) } };
}

/**
 * The backend that trains, and why this one.
 * @param work what is to be trained; null: nothing is measured (a trained model is looked at)
 * @throws environmentError 'backend.unavailable' when the one asked for is not to be had here
 */
export async function chooseBackend(engines: Engines, choice: RunSpec['backend'], work: Work | null): Promise<Chosen> {
  if (choice === 'auto' && work !== null) {
    const chosen = await fastest(engines, work);
    if (chosen !== null) return chosen;
  }
  const reasons: string[] = [];
  for (const name of choice === 'auto' ? preference : [choice]) {
    const factory = engines[name];
    const probe = factory === undefined ? { available: false as const, reason: 'This process does not have it.' } : await factory.probe();
    if (factory !== undefined && probe.available) {
      const reason = choice !== 'auto' ? 'pinned' : reasons.length > 0 ? 'fallback' : 'fastest';
      return { factory, device: { backend: name, device: probe.device, reason, detail: reasons.join('; ') } };
    }
    if (!probe.available) reasons.push(`${name}: ${probe.reason}`);
  }
  throw environmentError('backend.unavailable', `No engine can train here (${reasons.join('; ')}).`, { field: 'backend', hint: 'Choose the engine "auto".', details: { reasons: reasons.join('; ') } });
}

/** Every engine with what it found on this machine, in the order of preference. */
export function probeEngines(engines: Engines): Promise<EngineStatus[]> {
  return Promise.all(preference.flatMap((name) => {
    const factory = engines[name];
    if (factory === undefined) return [];
    return [factory.probe().then((probe): EngineStatus => (probe.available
      ? { name, available: true, device: probe.device, reason: null, facts: probe.facts }
      : { name, available: false, device: null, reason: probe.reason, facts: {} }))];
  }));
}
