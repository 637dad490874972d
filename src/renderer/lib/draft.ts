import { toRaw } from 'vue';
import { charSpecSchema, classifySpecSchema, forecastSpecSchema, type CharSpec, type ClassifySpec, type ForecastSpec, type Roles, type RunSpec } from '../../shared/spec.ts';

/**
 * What a person has typed so far: a spec whose numbers are text. An unfinished or wrong number stays as it was
 * typed, so that nothing is lost and the sentence at the field can quote it.
 */
export type Draft = Record<string, string | boolean>;

/** The paths of a spec's settings, in the order of the schema; roles are chosen on the Data place. */
const settings = ['sequence', 'label', 'kind', 'embedding', 'text', 'window', 'split', 'scaling', 'model', 'samples', 'training', 'backend'] as const;

export function draftOf(spec: RunSpec): Draft {
  const draft: Draft = {};
  for (const key of settings) if (key in spec) flatten((spec as Record<string, unknown>)[key], key, draft);
  return draft;
}

function flatten(value: unknown, path: string, into: Draft): void {
  if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(inner, `${path}.${key}`, into);
  } else {
    into[path] = typeof value === 'boolean' ? value : value === null ? '' : String(value);
  }
}

/** Fields where an empty text means "off". */
const optional = new Set(['training.clipNorm', 'training.patience']);
/** Fields whose text is a word, not a number. */
const words = new Set(['scaling', 'split.by', 'split.validationFrom', 'split.testFrom', 'window.targets', 'backend', 'model.cell', 'model.initialization', 'training.loss', 'training.optimizer', 'training.schedule']);

/** A number as typed, in either decimal sign; the text itself when it is none, so that the check can quote it. */
export function parseNumber(text: string): number | string {
  const trimmed = text.trim();
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(trimmed)) return trimmed;
  return Number(trimmed.replace(',', '.'));
}

/** The draft as a value for `checkSpec`: complete in shape, its numbers perhaps out of range. */
export function specOf(draft: Draft, roles: Roles, defaults: ForecastSpec): unknown {
  const spec = structuredClone({ ...defaults, roles: toRaw(roles) }) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(draft)) {
    if (!hasPath(defaults, path)) continue;
    setPath(spec, path, typeof value === 'boolean' || words.has(path) ? value
      : optional.has(path) && value.trim() === '' ? null : parseNumber(value));
  }
  if (draft['split.by'] === 'date') {
    const place = (path: string) => String(draft[path] ?? '').trim() || null;
    spec['split'] = { by: 'date', validationFrom: place('split.validationFrom'), testFrom: place('split.testFrom') };
  }
  return spec;
}

/** The spec with each number that cannot be used replaced by its default, for a plan that is always there to be seen. */
export function usableSpec(value: unknown, badPaths: readonly string[], defaults: ForecastSpec): ForecastSpec {
  const spec = structuredClone(value) as Record<string, unknown>;
  for (const path of badPaths) {
    if (path === 'split' || path.startsWith('split.')) spec.split = structuredClone(defaults.split);
    else if (hasPath(defaults, path)) setPath(spec, path, getPath(defaults, path));
  }
  const parsed = forecastSpecSchema.safeParse(spec);
  return parsed.success ? parsed.data : defaults;
}

export function getPath(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((v, key) => (v !== null && typeof v === 'object' ? (v as Record<string, unknown>)[key] : undefined), value);
}

function hasPath(value: unknown, path: string): boolean {
  return getPath(value, path) !== undefined;
}

function setPath(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.length === 0 ? target : getPath(target, keys.join('.'));
  (parent as Record<string, unknown>)[last] = value;
}

/** Paths where two specs differ, flat, with both values; roles included. */
export function specRows(spec: RunSpec): Record<string, string | boolean> {
  if (spec.task === 'char') return draftOf(spec);
  if (spec.task === 'classify') return draftOf(spec);
  return { 'roles.targets': spec.roles.targets.join(', '), 'roles.inputs': spec.roles.inputs.join(', '), 'roles.calendar': spec.roles.calendar.join(', '), 'roles.known': spec.roles.known.join(', '), 'roles.time': spec.roles.time ?? '', ...draftOf(spec) };
}

const textOptional = new Set(['text.embedding', 'samples.every']);
const textWords = new Set(['text.normalization', 'text.column', 'samples.prompt']);

/** The same of a text: there are no roles, and the column is what the dataset says. */
export function textSpecOf(draft: Draft, defaults: CharSpec): unknown {
  const spec = structuredClone(defaults) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(draft)) {
    if (path === 'text.column' || !hasPath(defaults, path)) continue;
    setPath(spec, path, typeof value === 'boolean' || words.has(path) || textWords.has(path) ? value
      : (optional.has(path) || textOptional.has(path)) && value.trim() === '' ? null : parseNumber(value));
  }
  return spec;
}

export function usableTextSpec(value: unknown, badPaths: readonly string[], defaults: CharSpec): CharSpec {
  const spec = structuredClone(value) as Record<string, unknown>;
  for (const path of badPaths) {
    if (path === 'split' || path.startsWith('split.')) spec.split = structuredClone(defaults.split);
    else if (hasPath(defaults, path)) setPath(spec, path, getPath(defaults, path));
  }
  const parsed = charSpecSchema.safeParse(spec);
  return parsed.success ? parsed.data : defaults;
}

const classWords = new Set(['sequence', 'label', 'kind', 'split.order']);

/** The same of labelled sequences. */
export function classifySpecOf(draft: Draft, defaults: ClassifySpec): unknown {
  const spec = structuredClone(defaults) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(draft)) {
    if (!hasPath(defaults, path)) continue;
    setPath(spec, path, typeof value === 'boolean' || words.has(path) || classWords.has(path) ? value
      : (optional.has(path) || path === 'embedding') && value.trim() === '' ? null : parseNumber(value));
  }
  return spec;
}

export function usableClassifySpec(value: unknown, badPaths: readonly string[], defaults: ClassifySpec): ClassifySpec {
  const spec = structuredClone(value) as Record<string, unknown>;
  for (const path of badPaths) {
    if (path === 'split' || path.startsWith('split.')) spec.split = structuredClone(defaults.split);
    else if (hasPath(defaults, path)) setPath(spec, path, getPath(defaults, path));
  }
  const parsed = classifySpecSchema.safeParse(spec);
  return parsed.success ? parsed.data : defaults;
}
