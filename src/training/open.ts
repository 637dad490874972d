import type { Backend } from '../engine/backend.ts';
import { initialParameters } from '../engine/index.ts';
import type { Parameters } from '../engine/parameters.ts';
import { startsOf } from '../data/preparing/windows.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import type { DeviceChoice } from '../shared/run.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import { chooseBackend, type Engines } from './choose.ts';
import { explained } from './engine-error.ts';
import { modelOf, optionsOf } from './model.ts';
import { prepare, type Prepared } from './prepare.ts';

/** A backend with the model and the data of a spec on it. */
export interface Opened { backend: Backend; prepared: Prepared; device: DeviceChoice }

/**
 * Makes the model of a spec, puts the data beside it and hands both to `use`; the backend is given back in any case.
 *
 * @param parameters left out: the first weights that the spec's seed gives
 * @throws what cannot be trained as an AppError: bad input, sizes that do not fit, no engine
 */
export async function withBackend<T>(engines: Engines, spec: ForecastSpec, table: SeriesTable, use: (opened: Opened) => Promise<T>, parameters?: Parameters): Promise<T> {
  const prepared = prepare(spec, table);
  const model = modelOf(spec);
  const options = optionsOf(spec);
  // A model that is trained already is only looked at: no engine is measured for it.
  const work = parameters === undefined ? { model, options, data: prepared.data, order: startsOf(prepared.starts.train), batchSize: spec.training.batchSize } : null;
  const { factory, device } = await chooseBackend(engines, spec.backend, work).catch((error: unknown) => { throw explained(error); });
  let backend: Backend | null = null;
  try {
    backend = await factory.create(model, parameters ?? initialParameters(model, spec.model.initialization, spec.training.seed), options);
    await backend.load(prepared.data);
    return await use({ backend, prepared, device });
  } catch (error) {
    throw explained(error);
  } finally {
    backend?.dispose();
  }
}
