import type { Backend, BackendFactory } from '../engine/backend.ts';
import { EngineError, initialParameters, type Initialization } from '../engine/index.ts';
import type { Parameters } from '../engine/parameters.ts';
import { startsOf } from '../data/preparing/windows.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import type { DeviceChoice } from '../shared/run.ts';
import type { ForecastSpec, RunSpec } from '../shared/spec.ts';
import { chooseBackend, type Engines } from './choose.ts';
import { explained } from './engine-error.ts';
import type { Work } from './measure.ts';
import { modelOf, optionsOf } from './model.ts';
import { prepare, type Prepared } from './prepare.ts';

/** A backend with the model and the data of a spec on it. */
export interface Opened { backend: Backend; prepared: Prepared; device: DeviceChoice }

/** What is trained or looked at, in the engine's words. */
export interface EngineJob extends Work { choice: RunSpec['backend']; initialization: Initialization }

/** Codes of an engine that cannot do this work, or is gone since it was asked. */
const refusals = new Set(['backend.unsupported', 'backend.deviceLost', 'backend.deviceFull', 'memory.tooLarge']);

/**
 * Makes a model on the engine that is chosen for it, loads its data and hands both to `use`; the backend is given back in any case.
 *
 * @param parameters left out: the first weights that the seed gives, and "auto" measures. A model that is trained already is only looked at.
 * @throws what cannot be trained as an AppError: sizes that do not fit, no engine
 */
export async function withEngine<T>(engines: Engines, job: EngineJob, use: (opened: Pick<Opened, 'backend' | 'device'>) => Promise<T>, parameters?: Parameters): Promise<T> {
  const { choice, model, options, initialization } = job;
  let backend: Backend | null = null;
  try {
    const first = parameters ?? initialParameters(model, initialization, options.seed);
    const open = async ({ factory }: { factory: BackendFactory }) => {
      backend = await factory.create(model, first, options);
      await backend.load(job.data);
      return backend;
    };
    const chosen = await chooseBackend(engines, choice, parameters === undefined ? job : null);
    let { device } = chosen;
    let opened: Backend;
    try {
      opened = await open(chosen);
    } catch (error) {
      // Nobody asked for this one: what it cannot do the built-in one does.
      if (choice !== 'auto' || chosen.factory === engines.wasm || !(error instanceof EngineError) || !refusals.has(error.code)) throw error;
      (backend as Backend | null)?.dispose();
      backend = null;
      const other = await chooseBackend(engines, 'wasm', null);
      device = { ...other.device, reason: 'fallback', detail: `${chosen.factory.name}: ${error.message}` };
      opened = await open(other);
    }
    return await use({ backend: opened, device });
  } catch (error) {
    throw explained(error);
  } finally {
    (backend as Backend | null)?.dispose();
  }
}

/** The same for the series of a spec. @throws bad input too */
export async function withBackend<T>(engines: Engines, spec: ForecastSpec, table: SeriesTable, use: (opened: Opened) => Promise<T>, parameters?: Parameters): Promise<T> {
  const prepared = prepare(spec, table);
  return withEngine(engines, {
    choice: spec.backend, initialization: spec.model.initialization, model: modelOf(spec), options: optionsOf(spec),
    data: prepared.data, order: startsOf(prepared.starts.train), batchSize: spec.training.batchSize,
  }, ({ backend, device }) => use({ backend, prepared, device }), parameters);
}
