/** Does every word that is asked for begin a word of the text? Accents and capitals do not count. */
export function hasWords(text: string, asked: string): boolean {
  const words = wordsOf(text);
  return wordsOf(asked).every((one) => words.some((word) => word.startsWith(one)));
}

function wordsOf(text: string): string[] {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}
