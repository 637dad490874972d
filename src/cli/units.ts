import { inputError } from '../shared/errors.ts';
import { MAX_UNIT, type Units } from '../shared/units.ts';

/**
 * `--unit °C` is the unit of every target; `--unit "temperature=°C,load=kW"` tells each one's.
 * @throws inputError 'cli.usage' for a unit that is too long or of no target
 */
export function unitsFrom(given: string | boolean | undefined, targets: readonly string[]): Units {
  const text = typeof given === 'string' ? given.trim() : '';
  if (text === '') return {};
  const pairs = text.includes('=') ? text.split(',').map((pair) => pairOf(pair.trim(), targets)) : targets.map((target) => [target, text] as const);
  const long = pairs.find(([, unit]) => unit.length > MAX_UNIT);
  if (long !== undefined) throw inputError('cli.usage', `--unit takes at most ${MAX_UNIT} characters (got ${long[1].length}).`, { field: '--unit' });
  return Object.fromEntries(pairs);
}

/** The name of a column may have an equals sign of its own: the longest target that fits is meant. */
function pairOf(pair: string, targets: readonly string[]): readonly [string, string] {
  const target = targets.filter((name) => pair.startsWith(`${name}=`)).sort((a, b) => b.length - a.length)[0];
  if (target === undefined) throw inputError('cli.usage', `--unit: "${pair}" names no target (${targets.join(', ')}).`, { field: '--unit', hint: 'Write TARGET=UNIT, with commas between, or one unit for all targets.' });
  return [target, pair.slice(target.length + 1).trim()];
}
