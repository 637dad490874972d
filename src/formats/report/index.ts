export { svgChart, type Chart, type ChartLine } from './chart.ts';
export { lossChart, predictionCharts, reportHtml, type ReportSource } from './html.ts';
export { forecastCsv, mistakesCsv, predictedSeries, predictionsCsv, samplesCsv, type ForecastTable, type PredictedSeries } from './tables.ts';
export { isoTime } from './ticks.ts';
export { reportLocales, wordsOf, type ReportLocale } from './words.ts';
