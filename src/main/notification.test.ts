import { expect, it } from 'vitest';
import type { RunEvent, RunSummary } from '../shared/run.ts';
import { notificationOf } from './notification.ts';
import { wordsFor } from './words.ts';

const of = (rmse: number) => ({ train: null, validation: null, test: { rmse, mae: 1, r2: null, count: 1 } });
const ended = (status: RunSummary['status']): RunEvent => ({ type: 'ended', run: { id: 'run-1', name: 'rates', status, metrics: of(0.5), persistence: of(1) } as RunSummary });
const words = wordsFor('en');

it('tells how a run ended, with its worth, when the window is not in front', () => {
  expect(notificationOf(ended('done'), false, words)).toEqual({ title: 'rates is done', body: '50% better than repeating the last value', runId: 'run-1' });
  expect(notificationOf(ended('interrupted'), false, words)).toMatchObject({ title: 'rates was interrupted', body: 'It can go on from its last checkpoint.' });
  expect(notificationOf(ended('failed'), false, wordsFor('zh-CN'))!.title).toContain('rates');
});

it('keeps quiet when the window is in front, and of what the person did', () => {
  expect(notificationOf(ended('done'), true, words)).toBeNull();
  expect(notificationOf(ended('cancelled'), false, words)).toBeNull();
  expect(notificationOf(ended('paused'), false, words)).toBeNull();
  expect(notificationOf({ type: 'epochs', runId: 'run-1', records: [] }, false, words)).toBeNull();
});
