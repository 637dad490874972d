/** Names and abbreviations in English, German, French, Spanish, Italian and Portuguese. */
const months: readonly string[] = [
  'jan january januar janvier enero ene janeiro gennaio gen jänner jän', 'feb february februar février fév fev fevrier febrero fevereiro febbraio',
  'mar march märz mär mrz mars marzo março', 'apr april avril avr abril abr aprile', 'may mai mayo maio maggio mag', 'jun june juni juin junio junho giugno giu',
  'jul july juli juillet juil julio julho luglio lug', 'aug august août aout agosto ago', 'sep sept september septembre septiembre setembro settembre set',
  'oct october oktober okt octobre octubre outubro out ottobre ott', 'nov november novembre noviembre novembro', 'dec december dez dezember décembre déc decembre diciembre dic dezembro dicembre',
];
const known = new Map(months.flatMap((names, m) => names.split(' ').map((name): [string, number] => [name, m + 1])));

/** As part of an expression, the longer names first. */
export const MONTH = `(?:${[...known.keys()].sort((a, b) => b.length - a.length).join('|')})(?![a-zà-ü])`;

/** 1 to 12 for the first word of a text, whatever its case; null where it names no month. */
export function monthOf(text: string): number | null {
  return known.get(/^[a-zà-ü]+/.exec(text.toLowerCase())?.[0] ?? '') ?? null;
}
