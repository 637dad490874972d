import { judge } from '../shared/verdict.ts';
import type { RunEvent } from '../shared/run.ts';
import type { Words } from './words.ts';

/** What the system is to tell of an event while the window is not in front; null for what needs no telling. */
export function notificationOf(event: RunEvent, inFront: boolean, words: Words): { title: string; body: string; runId: string } | null {
  if (inFront || event.type !== 'ended') return null;
  const { run } = event;
  // Whoever cancels or pauses knows it.
  if (run.status === 'running' || run.status === 'cancelled' || run.status === 'paused') return null;
  const verdict = judge(run.metrics, run.persistence);
  const better = verdict.kind === 'better' || verdict.kind === 'worse' ? words[verdict.kind].replace('{percent}', verdict.percent.toFixed(0)) : '';
  return { title: words.ended[run.status].replace('{name}', run.name), body: run.status === 'done' ? better : words.canGoOn[run.status], runId: run.id };
}
