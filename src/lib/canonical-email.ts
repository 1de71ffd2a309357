/**
 * An email address as Synapse keeps it (`synapse/util/threepids.py`, `canonicalise_email`): the name in front of the @ without any
 * difference of case, so that ß is ss, and the rest in small letters. Only in this form does a look-up find whose it is.
 */
export function canonicalEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return casefold(address.slice(0, at + 1)) + address.slice(at + 1).toLowerCase();
}

/** Python’s `casefold`: each letter by itself, so that no small letter hangs on its place in the word. */
const casefold = (text: string): string => Array.from(text, foldOne).join('');

function foldOne(letter: string): string {
  // It has a capital that is that of another letter.
  if (letter === 'ı') return letter;
  return Array.from(letter.toLowerCase().toUpperCase(), (one) => one.toLowerCase()).join('');
}
