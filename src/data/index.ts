export { analyseColumn, pointAt, summaryOfColumn, type Place } from './analysis/column.ts';
export { describeTable, type TableFacts } from './describe.ts';
export { columnSeries, seriesTable } from './series.ts';
export { MAX_TABLE_BYTES, readTable, tableRows, type ReadTableOptions, type Table } from './table.ts';
export { secondsPerRow } from './time-column.ts';
export { seriesView, type ViewRange } from './view.ts';
export { decodeTable, encodeTable } from './table-file.ts';
export { applyRecipe, applyStep, type Applied } from './recipe/apply.ts';
export { inverseOf } from './recipe/inverse.ts';
