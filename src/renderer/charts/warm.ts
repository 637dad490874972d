import { init } from 'echarts/core';
import { frame, line } from './options.ts';
import type { ChartOption } from './setup.ts';
import './setup.ts';

/** Milliseconds from point to point, so that four years are in view: their labels are in bold. */
const STEP = 4 * 86_400_000;

/**
 * Draws a chart that nobody sees, in short steps: the first chart of a window costs several times the later ones (fonts are measured,
 * the library's code is met for the first time), and a person waits for it.
 */
export function chartSteps(): (() => void)[] {
  const chart = init(document.createElement('div'), null, { width: 640, height: 320 });
  const data = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? i * STEP : Math.sin(i)));
  const look = { isDark: false, locale: 'en' };
  const option = (zoom: boolean): ChartOption => frame(look, { name: 't', kind: 'date', format: String, min: 0, max: 400 * STEP }, { name: 'y', unit: '', log: false }, [line('y', { color: '#000000', dash: 'solid' }, data)], zoom);
  return [
    () => { chart.setOption({ ...option(false), series: [] }); },
    () => { chart.setOption(option(false)); },
    () => { chart.setOption(option(true)); },
    () => { chart.dispose(); },
  ];
}
