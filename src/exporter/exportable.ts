import type { Backend, ModelSpec, SequenceData } from '../engine/backend.ts';
import { Rng, wasmWith } from '../engine/index.ts';
import { parameterShapes, type Parameters } from '../engine/parameters.ts';
import { MANIFEST_VERSION, type ExportedFeature, type Manifest } from '../formats/export/index.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { featuresOf } from '../shared/features.ts';
import type { StartRange } from '../shared/plan.ts';

import { emptyRecipe } from '../shared/recipe.ts';
import type { RunDetail } from '../shared/run.ts';
import type { CharSpec, ClassifySpec, ForecastSpec } from '../shared/spec.ts';
import type { Reading } from '../shared/classify.ts';
import { classModel } from '../training/classify/prepare.ts';
import { unitOf } from '../shared/units.ts';
import { modelOf } from '../training/model.ts';
import { prepare } from '../training/prepare.ts';
import { tokenInput } from '../training/text/prepare.ts';

/** What a run is exported from. */
export interface ExportSource {
  run: Pick<RunDetail, 'id' | 'name' | 'datasetName' | 'unit' | 'units' | 'spec' | 'plan'>;
  parameters: Parameters;
  /** The series that a forecast learnt, after its recipe; null where it is gone. */
  table: SeriesTable | null;
  /** The characters that a text's run knows; null for other tasks. */
  vocabulary: { characters: string[]; unknown: number | null } | null;
  /** What a run on labelled sequences reads them by; null for other tasks. */
  reading: Reading | null;
  /** Of Unroll, and when: ISO 8601. */
  madeBy: string;
  madeAt: string;
}

/** Windows on which an export is compared with the studio, and what the studio says of them. */
export interface HeldWindows {
  count: number;
  /** Scaled features or one-hot characters, [N, T, F]. */
  x: Float32Array;
  /** Numbers of characters, [N, T]; null for a series. */
  tokens: Int32Array | null;
  /** Outputs of the head by the studio's own engine, [N, O] or [N, T, O]. */
  expected: Float32Array;
}

/** Everything that the formats are made of. */
export interface Exportable { manifest: Manifest; model: ModelSpec; parameters: Parameters; held: HeldWindows }

const HELD = 64;

/** At most 64 windows, evenly spread over a part that the network was not trained on, where there is one. */
function heldStarts(starts: Record<string, StartRange>): Int32Array {
  const part = starts[['test', 'validation', 'train'].find((name) => starts[name]!.count > 0) ?? 'train']!;
  const count = Math.min(HELD, part.count);
  return Int32Array.from({ length: count }, (_, n) => part.first + part.step * Math.floor((n * part.count) / count));
}

function gathered(data: SequenceData, starts: Int32Array, width: number): Pick<HeldWindows, 'x' | 'tokens'> {
  const T = data.sequenceLength;
  const x = new Float32Array(starts.length * T * width);
  if (data.input.kind === 'dense') {
    const { values } = data.input;
    starts.forEach((start, n) => x.set(values.subarray(start * width, (start + T) * width), n * T * width));
    return { x, tokens: null };
  }
  const { ids } = data.input;
  const tokens = new Int32Array(starts.length * T);
  starts.forEach((start, n) => tokens.set(ids.subarray(start, start + T), n * T));
  tokens.forEach((token, place) => { x[place * width + token] = 1; });
  return { x, tokens };
}

async function heldBy(model: ModelSpec, parameters: Parameters, data: SequenceData, starts: Int32Array): Promise<HeldWindows> {
  const loss = data.targets.kind === 'classes' ? { kind: 'crossEntropy' as const } : { kind: 'mse' as const };
  const backend: Backend = await wasmWith({}).create(model, parameters, { loss, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 }, seed: 0 });
  try {
    await backend.load(data);
    return { count: starts.length, ...gathered(data, starts, model.vocabulary ?? model.inputSize), expected: await backend.predict(starts) };
  } finally {
    backend.dispose();
  }
}

const words = (value: string): string => value.trim().toLowerCase();

function featuresFor(spec: ForecastSpec, scalers: { column: string; offset: number; scale: number }[]): ExportedFeature[] {
  return featuresOf(spec.roles, spec.window.horizon).map((feature): ExportedFeature => {
    if (feature.kind === 'calendar') return { kind: 'calendar', name: feature.name, of: feature.of, wave: feature.wave, offset: 0, scale: 1 };
    const encoding = spec.roles.encodings[feature.column];
    const scaler = feature.scaled ? scalers.find(({ column }) => column === feature.column) : undefined;
    return {
      kind: 'column', name: feature.name, column: feature.column, lead: feature.lead,
      category: encoding?.kind === 'onehot' && feature.category !== null ? encoding.categories[feature.category]! : null,
      words: encoding?.kind === 'boolean' ? Object.fromEntries([...encoding.true.map((word) => [words(word), 1]), ...encoding.false.map((word) => [words(word), 0])])
        : encoding?.kind === 'code' ? Object.fromEntries(encoding.categories.map((word, place) => [words(word), place])) : null,
      offset: scaler?.offset ?? 0, scale: scaler?.scale ?? 1,
    };
  });
}

/** A series of random numbers, so that a run whose data is gone can be compared too. */
function madeUp(model: ModelSpec, { sequenceLength, horizon }: { sequenceLength: number; horizon: number }): SequenceData {
  const rng = new Rng(1, 2);
  const rows = sequenceLength + horizon + HELD;
  const width = model.outputSize / horizon;
  return {
    input: { kind: 'dense', values: Float32Array.from({ length: rows * model.inputSize }, () => rng.normal()), features: model.inputSize },
    targets: { kind: 'values', values: new Float32Array(rows * width), width }, sequenceLength, horizon,
  };
}

async function forecastExport({ run, parameters, table }: ExportSource, spec: ForecastSpec, manifest: Pick<Manifest, 'format' | 'version' | 'madeBy' | 'madeAt' | 'run' | 'spec'>): Promise<Exportable> {
  const model = modelOf(spec);
  const prepared = table === null ? null : prepare(spec, table);
  const scalers = prepared?.plan.scalers ?? run.plan?.scalers ?? null;
  if (scalers === null) throw inputError('export.no-data', `The data of the run "${run.name}" is gone, and with it the numbers that its columns were scaled by.`, { hint: 'Open the file again, train again and export that run.' });
  const data = prepared?.data ?? madeUp(model, spec.window);
  const starts = prepared === null ? Int32Array.from({ length: HELD }, (_, n) => n) : heldStarts(prepared.starts);
  const { roles, window } = spec;
  return {
    model, parameters, held: await heldBy(model, parameters, data, starts),
    manifest: {
      ...manifest, task: 'forecast', architecture: architectureOf(model), window: { sequenceLength: window.sequenceLength, horizon: window.horizon }, time: roles.time,
      features: featuresFor(spec, scalers), vocabulary: null, classes: null, recipe: spec.recipe, tensors: tensorsOf(model),
      targets: roles.targets.map((name) => {
        const scaler = scalers.find(({ column }) => column === name);
        return { name, unit: unitOf(run, name), offset: scaler?.offset ?? 0, scale: scaler?.scale ?? 1 };
      }),
    },
  };
}

async function classExport({ run, parameters, reading }: ExportSource, spec: ClassifySpec, manifest: Pick<Manifest, 'format' | 'version' | 'madeBy' | 'madeAt' | 'run' | 'spec'>): Promise<Exportable> {
  if (reading === null) throw inputError('export.no-classes', `The classes of the run "${run.name}" were not stored.`, { hint: 'Train again and export that run.' });
  const { classes, characters, offset, scale } = reading;
  const model = classModel({ ...spec, model: { ...spec.model, dropout: 0 } }, reading);
  const T = spec.window.sequenceLength;
  const rng = new Rng(1, 2);
  const data: SequenceData = {
    input: spec.kind === 'text' ? { kind: 'tokens', ids: Int32Array.from({ length: T + HELD }, () => rng.below(characters.length + 2)), vocabulary: characters.length + 2 } : { kind: 'dense', values: Float32Array.from({ length: T + HELD }, () => rng.normal()), features: 1 },
    targets: { kind: 'classes', ids: new Int32Array(T + HELD + 1) }, sequenceLength: T, horizon: 1,
  };
  return {
    model, parameters, held: await heldBy(model, parameters, data, Int32Array.from({ length: HELD }, (_, n) => n)),
    manifest: {
      ...manifest, task: 'classify', architecture: architectureOf(model), window: { sequenceLength: T, horizon: 1 }, time: null, targets: [], vocabulary: null, recipe: emptyRecipe, tensors: tensorsOf(model),
      features: spec.kind === 'text' ? [] : [{ kind: 'column', name: spec.sequence, column: spec.sequence, lead: 0, category: null, words: null, offset, scale }],
      classes: { labels: classes, sequence: spec.sequence, kind: spec.kind, characters: spec.kind === 'text' ? characters : [], padding: 'start', unknown: spec.kind === 'text' ? characters.length : null, pad: spec.kind === 'text' ? characters.length + 1 : 0 },
    },
  };
}

async function textExport({ run, parameters, vocabulary }: ExportSource, spec: CharSpec, manifest: Pick<Manifest, 'format' | 'version' | 'madeBy' | 'madeAt' | 'run' | 'spec'>): Promise<Exportable> {
  if (vocabulary === null) throw inputError('export.no-vocabulary', `The characters of the run "${run.name}" were not stored.`, { hint: 'Train again and export that run.' });
  const V = vocabulary.characters.length;
  const T = spec.window.sequenceLength;
  const { cell, hiddenSize, layers, bidirectional, dropout } = spec.model;
  const model: ModelSpec = { cell, hiddenSize, layers, bidirectional, dropout: layers > 1 ? dropout : 0, outputSize: V, headSteps: spec.window.targets, ...tokenInput(V, spec.text.embedding) };
  const rng = new Rng(1, 2);
  const ids = Int32Array.from({ length: T + HELD + 1 }, () => rng.below(V));
  const data: SequenceData = { input: { kind: 'tokens', ids, vocabulary: V }, targets: { kind: 'classes', ids }, sequenceLength: T, horizon: 1 };
  return {
    model, parameters, held: await heldBy(model, parameters, data, Int32Array.from({ length: HELD }, (_, n) => n)),
    manifest: {
      ...manifest, task: 'char', architecture: architectureOf(model), window: { sequenceLength: T, horizon: 1 }, time: null, features: [], targets: [],
      classes: null, vocabulary: { characters: vocabulary.characters.map((character, place) => (place === vocabulary.unknown ? null : character)), normalization: spec.text.normalization },
      recipe: emptyRecipe, tensors: tensorsOf(model),
    },
  };
}

function architectureOf({ dropout: _dropout, vocabulary, inputSize, ...model }: ModelSpec): Manifest['architecture'] {
  return { ...model, inputSize: vocabulary ?? inputSize, embedding: vocabulary === undefined ? null : inputSize };
}

function tensorsOf(model: ModelSpec): Manifest['tensors'] {
  return parameterShapes(model);
}

/** Gathers what a run's exports are made of, and what the studio itself predicts. @throws inputError for a run that cannot leave */
export function exportableOf(source: ExportSource): Promise<Exportable> {
  const { run, madeBy, madeAt } = source;
  const manifest = { format: 'unroll-model' as const, version: MANIFEST_VERSION as 1, madeBy, madeAt, run: { id: run.id, name: run.name, dataset: run.datasetName }, spec: run.spec };
  if (run.spec.task === 'forecast') return forecastExport(source, run.spec, manifest);
  if (run.spec.task === 'char') return textExport(source, run.spec, manifest);
  return classExport(source, run.spec, manifest);
}

