import { describe, expect, it } from 'vitest';
import { defaultSpec } from '../../shared/defaults.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import { calendarKinds, rolesOf, type Encoding, type Roles } from '../../shared/roles.ts';
import { seriesTable } from '../series.ts';
import { errorOf, factsOf, tableOf } from '../testing.ts';
import { calendarValue, placeInCycle } from './calendar.ts';
import { featureValues, scaledColumns, targetValues } from './features.ts';
import { splitOf } from './split.ts';

const shop = 'day,sales,visits,weather,open\n2024-01-30,10,100,sun,yes\n2024-01-31,20,300,rain,no\n2024-02-01,30,200,sun,Yes\n2024-02-02,90,900,snow,no\n';
const weather: Encoding = { kind: 'onehot', categories: ['rain', 'snow', 'sun'] };
const open: Encoding = { kind: 'boolean', true: ['yes'], false: ['no'] };

describe('words', () => {
  const repeated = `x,b,c,n,name\n${Array.from({ length: 12 }, (_, i) => `${i * 1.5},${i % 2 === 0 ? 'TRUE' : 'False'},${['red', 'green', 'blue'][i % 3]},${i % 4},name${i}`).join('\n')}\n`;

  it('that are few are categories, a pair of yes and no a boolean; names and measurements are none', () => {
    const columns = factsOf(repeated).columns;
    expect(columns.map(({ encoding }) => encoding)).toEqual([null, { kind: 'boolean', true: ['true'], false: ['false'] }, { kind: 'onehot', categories: ['blue', 'green', 'red'] }, null, null]);
    expect(columns.map(({ categories }) => categories)).toEqual([null, ['False', 'TRUE'], ['blue', 'green', 'red'], ['0', '1', '2', '3'], null]);
  });

  it.each(['yes,no', 'Y,N', 'on,off', 't,f', 'ja,nein', '是,否'])('%s is a boolean', (pair) => {
    const [yes, no] = pair.split(',');
    expect(factsOf(`x,b\n1,${yes}\n2,${no}\n3,${yes}\n4,${no}\n`).columns[1]!.encoding).toEqual({ kind: 'boolean', true: [yes!.toLowerCase()], false: [no!.toLowerCase()] });
  });

  it('become codes, blanks and the case of a boolean aside', () => {
    const roles: Roles = { ...rolesOf('day', 'sales'), inputs: ['weather', 'open'], encodings: { weather, open } };
    const { columns } = seriesTable(tableOf(shop), roles);
    expect(columns.map(({ name, values }) => [name, [...values]])).toEqual([['sales', [10, 20, 30, 90]], ['weather', [2, 0, 2, 1]], ['open', [1, 0, 1, 0]]]);
  });

  it('of a category that was not there at training are named with their line, as is an empty cell', () => {
    const roles: Roles = { ...rolesOf('day', 'sales'), inputs: ['weather'], encodings: { weather: { kind: 'code', categories: ['rain', 'sun'] } } };
    expect(errorOf(() => seriesTable(tableOf(shop), roles))).toMatchObject({
      code: 'data.unknown-category', field: 'weather', message: 'Line 5, column "weather": "snow" is none of the categories that were fixed for it ("rain", "sun").', details: { line: 5, cell: 'snow' },
    });
    expect(errorOf(() => seriesTable(tableOf(shop.replace('rain', '')), { ...roles, encodings: { weather } }))).toMatchObject({ code: 'data.missing', message: 'Line 3, column "weather" is empty.' });
  });
});

describe('calendar inputs', () => {
  const at = (text: string) => Date.parse(text);

  it.each([
    ['hour', '2024-03-05T00:00Z', '2024-03-05T06:59Z', 0, 0.25], ['weekday', '2024-03-04T12:00Z', '2024-03-10T23:00Z', 0, 6 / 7], ['month', '2024-01-31Z', '2024-10-01Z', 0, 0.75],
    ['quarter', '2024-03-31Z', '2024-07-01Z', 0, 0.5], ['dayOfMonth', '2024-02-01Z', '2024-02-29Z', 0, 28 / 29], ['dayOfYear', '2024-01-01Z', '2024-12-31Z', 0, 365 / 366], ['minute', '2024-01-01T05:00Z', '2024-01-01T05:15Z', 0, 0.25],
    ['weekday', '1969-12-29Z', '1969-12-31Z', 0, 2 / 7],
  ] as const)('%s goes from 0 to below 1 through its cycle', (of, first, later, a, b) => {
    expect([placeInCycle(of, at(first)), placeInCycle(of, at(later))]).toEqual([a, b]);
  });

  it.each([['hour', 86_400_000], ['weekday', 7 * 86_400_000], ['minute', 3_600_000]] as const)('%s comes round: the same after a cycle, and its ends are neighbours', (of, cycle) => {
    for (let i = 0; i < 50; i++) {
      const time = at('2023-11-17T03:20Z') + i * 5_000_000;
      for (const wave of ['sin', 'cos'] as const) expect(calendarValue(of, wave, time + cycle)).toBeCloseTo(calendarValue(of, wave, time), 12);
    }
  });

  it('are points on the circle', () => {
    for (const of of calendarKinds) expect(calendarValue(of, 'sin', at('2024-08-15T13:47Z')) ** 2 + calendarValue(of, 'cos', at('2024-08-15T13:47Z')) ** 2).toBeCloseTo(1, 12);
  });

  it('need dates', () => {
    const table: SeriesTable = { rows: 2, time: { kind: 'number', name: 't', values: Float64Array.of(1, 2) }, columns: [{ name: 'y', values: Float64Array.of(1, 2) }] };
    const roles: Roles = { ...rolesOf('t', 'y'), calendar: ['month'] };
    expect(errorOf(() => featureValues(roles, 1, table, scaledColumns({ roles, scaling: 'none' }, table, 2)))).toMatchObject({ code: 'roles.calendar', field: 'roles.calendar', message: 'Calendar inputs need a time that is a date; "t" holds numbers.' });
  });
});

describe('what goes in', () => {
  const roles: Roles = { time: 'day', targets: ['sales', 'visits'], inputs: ['sales', 'weather', 'open'], encodings: { weather, open }, calendar: ['month'], known: ['open'] };
  const table = seriesTable(tableOf(shop), roles);

  it('is scaled by the training part alone; booleans, one-hot and the calendar are not; the known come ahead', () => {
    const columns = scaledColumns({ roles, scaling: 'minmax' }, table, 3);
    expect(columns.map(({ name, scaler, scaled }) => [name, scaler.offset, scaler.scale, scaled])).toEqual([['sales', 10, 20, true], ['visits', 100, 200, true], ['weather', 0, 1, false], ['open', 0, 1, false]]);
    const { features, values } = featureValues(roles, 2, table, columns);
    expect(features.map(({ name }) => name)).toEqual(['sales', 'weather=rain', 'weather=snow', 'weather=sun', 'open +1', 'open +2', 'sin month', 'cos month']);
    const row = (r: number) => [...values.subarray(r * 8, r * 8 + 8)].map((value) => Math.round(value * 1000) / 1000);
    expect(row(0)).toEqual([0, 0, 0, 1, 0, 1, 0, 1]);
    expect(row(1)).toEqual([0.5, 1, 0, 0, 1, 0, 0, 1]);
    expect(row(3).slice(0, 4)).toEqual([4, 0, 1, 0]);
    expect(row(3).slice(6)).toEqual([0.5, 0.866]);
    // [rows, targets], in the order of the targets
    expect([...targetValues(roles.targets, 4, columns)]).toEqual([0, 0, 0.5, 1, 1, 0.5, 4, 4]);
  });

  it('does not know what comes after the training part', () => {
    const wild = { ...table, columns: table.columns.map((column) => ({ ...column, values: column.values.map((value, i) => (i === 3 && column.name === 'sales' ? 1e9 : value)) })) };
    for (const scaling of ['standard', 'minmax', 'robust'] as const) {
      expect(scaledColumns({ roles, scaling }, wild, 3).map(({ scaler }) => scaler)).toEqual(scaledColumns({ roles, scaling }, table, 3).map(({ scaler }) => scaler));
    }
  });
});

describe('a split by date', () => {
  const months = Array.from({ length: 24 }, (_, i) => Date.UTC(2020, i, 1));
  const time = { kind: 'date' as const, name: 'month', values: Float64Array.from(months) };
  const by = (validationFrom: string | null, testFrom: string | null) => splitOf({ by: 'date', validationFrom, testFrom }, time);

  it('begins each part with the first row whose time is not before its date', () => {
    expect(by('2021-01-01', '2021-07-01')).toEqual({ trainEnd: 12, validationEnd: 18, rows: 24 });
    expect(by('2020-12-15', '2021-06-15')).toEqual({ trainEnd: 12, validationEnd: 18, rows: 24 });
    expect(by(null, '2021')).toEqual({ trainEnd: 12, validationEnd: 12, rows: 24 });
    expect(by('1 January 2021', null)).toEqual({ trainEnd: 12, validationEnd: 24, rows: 24 });
    expect(by(null, null)).toEqual({ trainEnd: 24, validationEnd: 24, rows: 24 });
  });

  it('takes values of a time column that holds numbers, and row numbers', () => {
    const numbers = { kind: 'number' as const, name: 't', values: Float64Array.of(0, 0.5, 1, 1.5) };
    expect(splitOf({ by: 'date', validationFrom: null, testFrom: '0,9' }, numbers)).toEqual({ trainEnd: 2, validationEnd: 2, rows: 4 });
    expect(splitOf({ by: 'date', validationFrom: '1', testFrom: '3' }, { kind: 'row', name: '', values: Float64Array.of(0, 1, 2, 3) })).toEqual({ trainEnd: 1, validationEnd: 3, rows: 4 });
    const seconds = factsOf('epoch,y\n1700000000,1\n1700003600,2\n1700007200,1\n');
    expect(seconds.secondsPerRow).toBe(3600);
    const { time: read } = seriesTable(tableOf('epoch,y\n1700000000,1\n1700003600,2\n1700007200,1\n'), seconds.roles!);
    expect(read.kind).toBe('date');
    expect(splitOf({ by: 'date', validationFrom: null, testFrom: '1700003600' }, read).trainEnd).toBe(1);
  });

  it.each([
    ['after the data', null, '2030-01-01', 'split.outside', 'split.testFrom', 'The test part cannot begin at 2030-01-01: the data goes from 2020-01-01 to 2021-12-01.'],
    ['before it', '1999-01-01', null, 'split.outside', 'split.validationFrom', 'The validation part cannot begin at 1999-01-01: the data goes from 2020-01-01 to 2021-12-01.'],
    ['at its first row', null, '2020-01-01', 'split.outside', 'split.testFrom', /cannot begin at 2020-01-01/],
    ['that is none', null, 'soon', 'split.place', 'split.testFrom', 'The test part cannot begin at "soon": it is not a date.'],
    ['of February 30', null, '2021-02-30', 'split.place', 'split.testFrom', /it is not a date/],
    ['that can be read in two ways', null, '03/04/2021', 'split.ambiguous', 'split.testFrom', /day\/month\/year or month\/day\/year/],
    ['in the wrong order', '2021-06-01', '2021-01-01', 'split.order', 'split.testFrom', /cannot begin \(2021-01-01\) before the validation part/],
  ])('%s is told at its field', (_what, validationFrom, testFrom, code, field, message) => {
    const error = errorOf(() => by(validationFrom, testFrom));
    expect(error).toMatchObject({ code, field });
    expect(error.message).toMatch(message);
  });

  it('is that of shares where it is by share', () => expect(splitOf(defaultSpec(rolesOf(null, 'y'), 24, null).split, time)).toEqual({ trainEnd: 17, validationEnd: 20, rows: 24 }));
});

describe('times', () => {
  const rows = (cell: (i: number) => string) => `when,y\n${Array.from({ length: 6 }, (_, i) => `"${cell(i)}",${(i * 7) % 5}`).join('\n')}\n`;
  it.each<[what: string, cell: (i: number) => string, kind: string, seconds: number | null, first: string]>([
    ['year-month-day', (i) => `2024-01-0${i + 1}`, 'date', 86_400, '2024-01-01T00:00:00.000Z'], ['day.month.year', (i) => `1${i}.03.2024`, 'date', 86_400, '2024-03-10T00:00:00.000Z'],
    ['month/day/year', (i) => `03/1${i + 3}/2024`, 'date', 86_400, '2024-03-13T00:00:00.000Z'], ['zones', (i) => `2024-01-01T0${i}:00:00+02:00`, 'date', 3600, '2023-12-31T22:00:00.000Z'],
    ['years', (i) => `${1990 + i}`, 'date', 365 * 86_400, '1990-01-01T00:00:00.000Z'], ['year-month', (i) => `2024-0${i + 1}`, 'date', 31 * 86_400, '2024-01-01T00:00:00.000Z'],
    ['epoch seconds', (i) => `${1_700_000_000 + i * 60}`, 'date', 60, '2023-11-14T22:13:20.000Z'], ['epoch milliseconds', (i) => `${1_700_000_000_000 + i * 500}`, 'date', 0.5, '2023-11-14T22:13:20.000Z'],
    ['a plain index', (i) => `${i}`, 'number', null, '1970-01-01T00:00:00.000Z'],
  ])('as %s', (_what, cell, kind, seconds, first) => {
    const name = kind === 'number' ? 'index' : 'year';
    const table = tableOf(rows(cell).replace('when', name));
    const facts = factsOf(rows(cell).replace('when', name));
    expect(facts.roles).toMatchObject({ time: name, targets: ['y'] });
    const { time } = seriesTable(table, facts.roles!);
    expect([time.kind, new Date(time.values[0]!).toISOString(), facts.secondsPerRow]).toEqual([kind, first, seconds]);
  });
});
