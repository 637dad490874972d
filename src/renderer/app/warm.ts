/** The pages that come next and their charts, fetched and tried out while nothing else is to be done: nobody waits for them then. */
export async function warmUp(): Promise<void> {
  const idle = () => new Promise<void>((done) => { requestIdleCallback(() => { done(); }, { timeout: 1000 }); });
  await idle();
  const { chartSteps } = await import('../charts/warm.ts');
  await idle();
  for (const step of chartSteps()) { step(); await idle(); }
  await import('./places/DataPlace.vue');
  await idle();
  await import('./places/TrainPlace.vue');
}
