import { parseArgs, type ParseArgsConfig } from 'node:util';
import { inputError } from '../shared/errors.ts';

/** What was written after the command, by name; numbers stay text until the spec is checked. */
export interface Options { values: Record<string, string | boolean | undefined>; positionals: string[] }

/** @throws inputError 'cli.usage' for an unknown or incomplete option */
export function parseOptions(args: string[], options: NonNullable<ParseArgsConfig['options']>): Options {
  try {
    const { values, positionals } = parseArgs({ args: joinNegative(args, options), options, allowPositionals: true, strict: true });
    return { values: values as Options['values'], positionals };
  } catch (error) {
    const [sentence] = (error as Error).message.split('\n') as [string];
    throw inputError('cli.usage', sentence.replace(/\.?\s*To specify .*$/, '').replace(/(Option .*) argument is ambiguous\.?$/, '$1 needs a value').replace(/\.?$/, '.'), { hint: 'unroll --help lists the options.' });
  }
}

/** parseArgs takes "--hidden -1" for two options; a negative number after an option that wants a value is its value. */
function joinNegative(args: string[], options: NonNullable<ParseArgsConfig['options']>): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [arg, next] = [args[i]!, args[i + 1]];
    if (arg.startsWith('--') && options[arg.slice(2)]?.type === 'string' && next !== undefined && (/^-[\d.]/.test(next) || (arg === '--sort' && /^-[^-]/.test(next)))) {
      joined.push(`${arg}=${next}`);
      i += 1;
    } else {
      joined.push(arg);
    }
  }
  return joined;
}

/** The number that a text says, or the text itself, so that the spec's check can name what was given. */
export function numberOr(text: string): number | string {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}
