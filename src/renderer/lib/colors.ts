/**
 * What colour and dash mean, the same in every chart. Okabe and Ito's set, told apart by colour-blind eyes, each with
 * at least 3:1 against its background; dash and label say the same without colour.
 */
export type Meaning = 'truth' | 'prediction' | 'train' | 'validation' | 'test' | 'neutral';

export interface Line { color: string; dash: 'solid' | 'dashed' | 'dotted' | number[] }

const light: Record<Meaning, Line> = {
  truth: { color: '#3f3f46', dash: 'solid' },
  prediction: { color: '#a8377f', dash: [5, 2] },
  train: { color: '#0072b2', dash: 'solid' },
  validation: { color: '#c24e00', dash: 'dashed' },
  test: { color: '#00735a', dash: 'dotted' },
  neutral: { color: '#71717a', dash: 'solid' },
};

const dark: Record<Meaning, Line> = {
  truth: { color: '#e4e4e7', dash: 'solid' },
  prediction: { color: '#f08fcb', dash: [5, 2] },
  train: { color: '#56b4e9', dash: 'solid' },
  validation: { color: '#f0a030', dash: 'dashed' },
  test: { color: '#2fc79a', dash: 'dotted' },
  neutral: { color: '#a1a1aa', dash: 'solid' },
};

export function lineOf(meaning: Meaning, isDark: boolean): Line {
  return (isDark ? dark : light)[meaning];
}

const runsLight = ['#0072b2', '#c24e00', '#00735a', '#a8377f', '#7a5c00', '#1b7f9c', '#b3261e', '#5b4bb7'];
const runsDark = ['#56b4e9', '#f0a030', '#2fc79a', '#f08fcb', '#d9c24a', '#63d3ea', '#ff8a80', '#b4a7ff'];
const runDashes: Line['dash'][] = ['solid', 'dashed', 'dotted'];

/** A run keeps its colour for life; after one round of colours the dash tells runs apart. */
export function runLine(index: number, isDark: boolean): Line {
  const colors = isDark ? runsDark : runsLight;
  const i = Math.abs(Math.trunc(index));
  return { color: colors[i % colors.length] ?? '#71717a', dash: runDashes[Math.floor(i / colors.length) % runDashes.length] ?? 'solid' };
}

/** What charts draw besides data. */
export function paper(isDark: boolean): { text: string; line: string; grid: string; background: string; tooltip: string } {
  return isDark
    ? { text: '#d4d4d8', line: '#52525b', grid: '#2e2e33', background: '#18181b', tooltip: '#27272a' }
    : { text: '#3f3f46', line: '#a1a1aa', grid: '#e4e4e7', background: '#ffffff', tooltip: '#ffffff' };
}
