const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An id that a person can read out: a prefix, then 10 characters of Crockford's base 32 from random bytes (50 bits).
 * @param random 10 random bytes
 */
export function makeId(prefix: string, random: Uint8Array): string {
  return `${prefix}-${Array.from(random.subarray(0, 10), (byte) => ALPHABET[byte % 32]).join('')}`;
}
