/** A cell as a sentence quotes it: on one line, at most 40 characters. */
export function shortened(cell: string): string {
  const text = cell.slice(0, 200).trim().replace(/\s+/g, ' ');
  return text.length > 40 || cell.length > 200 ? `${text.slice(0, 39)}…` : text;
}

/** The words of a column's name, in lower case: "openTime_utc" has open, time and utc. */
export function wordsOf(name: string): string[] {
  return name.split(/[^\p{L}\p{N}#]+|(?<=\p{Ll})(?=\p{Lu})/u).filter((word) => word !== '').map((word) => word.toLowerCase());
}
