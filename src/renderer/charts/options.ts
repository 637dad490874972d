import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import { paper, type Line } from '../lib/colors.ts';
import { formatNumber } from '../lib/format.ts';
import type { TimeKind } from '../lib/time-axis.ts';
import { tooltipHtml } from './tooltip.ts';
import type { ChartOption } from './setup.ts';

/** Digits under the crosshair: all that a float32 holds, and none of its noise. */
const EXACT = 7;

export interface Look { isDark: boolean; locale: string }
export interface XAxis { name: string; kind: TimeKind; format: (value: number) => string; min?: number; max?: number; log?: boolean }
export interface YAxis { name: string; unit: string; log: boolean }

// Without quotation marks: ECharts does not escape them in the SVG that it writes, which no viewer would then open.
const FONT = 'ui-sans-serif, system-ui, Segoe UI, Noto Sans, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif';

/** A line as every chart draws it: no symbols, no smoothing, no animation. */
export function line(name: string, look: Line, data: Float64Array, width = 1.5): LineSeriesOption {
  return {
    type: 'line', name, data: data as unknown as [], dimensions: ['x', 'y'], encode: { x: 'x', y: 'y' }, showSymbol: data.length === 2, symbol: data.length === 2 ? 'circle' : 'none', symbolSize: 5,
    connectNulls: false, animation: false, silent: false, sampling: 'minmax', color: look.color, lineStyle: { color: look.color, type: look.dash, width },
    itemStyle: { color: look.color }, emphasis: { disabled: true },
  };
}

/** The frame around the lines: axes with names and units, crosshair with exact values, legend that toggles. */
export function frame(look: Look, x: XAxis, y: YAxis, series: (BarSeriesOption | LineSeriesOption)[], zoom: boolean): ChartOption {
  const colors = paper(look.isDark);
  const axisText = { color: colors.text, fontSize: 11 };
  const number = (value: number) => formatNumber(value, look.locale);
  return {
    animation: false, useUTC: true, textStyle: { fontFamily: FONT, fontSize: 12, color: colors.text },
    grid: { left: 8, right: 20, top: series.length > 1 ? 42 : 26, bottom: zoom ? 64 : 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: {
      // A single line is named by its axis.
      show: series.length > 1,
      top: 2, right: 8, type: 'scroll', itemWidth: 26, itemHeight: 8, itemStyle: { opacity: 0 }, textStyle: { color: colors.text, fontSize: 12 }, inactiveColor: colors.line,
      pageTextStyle: { color: colors.text }, pageIconColor: colors.text,
    },
    tooltip: {
      trigger: 'axis', transitionDuration: 0, confine: true, backgroundColor: colors.tooltip, borderColor: colors.grid, textStyle: { color: colors.text, fontSize: 12 },
      axisPointer: {
        type: 'cross', animation: false, lineStyle: { color: colors.line }, crossStyle: { color: colors.line },
        label: { backgroundColor: look.isDark ? '#52525b' : '#3f3f46', color: '#ffffff', fontSize: 11, formatter: (p) => (p.axisDimension === 'x' ? x.format(Number(p.value)) : number(Number(p.value))) },
      },
      formatter: (params) => tooltipHtml(params, x, (value) => `${formatNumber(value, look.locale, EXACT)}${y.unit === '' ? '' : ` ${y.unit}`}`),
    },
    xAxis: {
      type: x.kind === 'date' ? 'time' : x.log === true ? 'log' : 'value', name: x.name, nameLocation: 'middle', nameGap: 26, nameTextStyle: axisText, scale: true,
      ...(x.min === undefined || x.max === undefined ? {} : { min: x.min, max: x.max }),
      axisLine: { onZero: false, lineStyle: { color: colors.line } }, axisTick: { lineStyle: { color: colors.line } }, splitLine: { show: false },
      axisLabel: { ...axisText, hideOverlap: true, ...(x.kind === 'date' ? {} : { formatter: x.format }) },
      ...(x.kind === 'row' ? { minInterval: 1 } : {}),
    },
    yAxis: {
      type: y.log ? 'log' : 'value', scale: true, name: y.unit === '' ? y.name : `${y.name} (${y.unit})`, nameLocation: 'end', nameGap: 12,
      nameTextStyle: { ...axisText, align: 'left' }, axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: colors.grid } },
      axisLabel: { ...axisText, hideOverlap: true, formatter: (value: number) => number(value) }, axisPointer: { snap: false },
    },
    ...(zoom ? { dataZoom: zoomParts(look) } : {}),
    series,
  };
}

function zoomParts(look: Look): NonNullable<ChartOption['dataZoom']> {
  const colors = paper(look.isDark);
  return [
    { type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: true, moveOnMouseMove: true },
    {
      type: 'slider', xAxisIndex: 0, filterMode: 'none', height: 20, bottom: 6, showDataShadow: false, showDetail: false, brushSelect: true, borderColor: colors.grid, fillerColor: look.isDark ? 'rgba(86,180,233,.18)' : 'rgba(0,114,178,.12)',
      handleStyle: { color: colors.tooltip, borderColor: colors.line }, moveHandleSize: 0,
    },
  ];
}
