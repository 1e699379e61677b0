// What a person chose about the page itself, kept between visits: language, theme, speed.
export const LOCALES = ['en', 'zh'] as const;
export const THEMES = ['system', 'light', 'dark'] as const;
export const SPEEDS = [0.5, 1, 2] as const;

export type Locale = (typeof LOCALES)[number];
export type Theme = (typeof THEMES)[number];
export type Speed = (typeof SPEEDS)[number];

export interface Settings {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly speed: Speed;
}

/** The part of localStorage that is used; it may throw (a full or forbidden store). */
export interface Memory {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
}

/** What is known before anything was chosen: `?l=zh&t=dark` of the address, and the browser's languages. */
export interface Hints {
  readonly search: string;
  readonly languages: readonly string[];
}

const KEY = 'sidetrace.settings';

function oneOf<T>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((option) => option === value);
}

function remembered(memory: Memory): Partial<Record<keyof Settings, unknown>> {
  try {
    const value: unknown = JSON.parse(memory.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function localeOfLanguage(languages: readonly string[]): Locale {
  return languages[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The address bar wins over what is remembered, that over the browser's language. */
export function readSettings(memory: Memory, hints: Hints): Settings {
  const known = remembered(memory);
  const asked = new URLSearchParams(hints.search);
  return {
    locale:
      oneOf(LOCALES, asked.get('l')) ?? oneOf(LOCALES, known.locale) ?? localeOfLanguage(hints.languages),
    theme: oneOf(THEMES, asked.get('t')) ?? oneOf(THEMES, known.theme) ?? 'system',
    speed: oneOf(SPEEDS, known.speed) ?? 1,
  };
}

/** Remembers the settings; a store that refuses costs only the memory. */
export function keepSettings(memory: Memory, settings: Settings): void {
  try {
    memory.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A private window may forbid it: the choice then holds until the page is closed.
  }
}
