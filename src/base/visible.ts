// Text that a stranger wrote -> text that shows what it holds: control characters and those that turn the direction of
// writing are invisible, and can make a line look like another one.
// https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing

/** Controls but tab and line ends, directional marks, embeddings, overrides and isolates, and separators of lines. */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

export function hidesSomething(text: string): boolean {
  return text.search(HIDDEN) >= 0;
}

/** The text with each of them as its number: `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** Plain data with every text in it made visible; pods keep their names, by which they are found. */
export function allVisible<T>(value: T): T;
export function allVisible(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map((item: unknown) => allVisible(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'pod' ? each : allVisible(each)]),
  );
}
