import { describe, expect, it } from 'vitest';
import { keepSettings, readSettings, type Memory } from './settings.ts';

function memory(content: Record<string, string> = {}): Memory {
  return { getItem: (key) => content[key] ?? null, setItem: (key, value) => void (content[key] = value) };
}

const FORBIDDEN: Memory = {
  getItem: () => {
    throw new Error('forbidden');
  },
  setItem: () => {
    throw new Error('forbidden');
  },
};

describe('readSettings', () => {
  it('takes the language of the browser at first', () => {
    expect(readSettings(memory(), { search: '', languages: ['zh-TW', 'en'] }).locale).toBe('zh');
    expect(readSettings(memory(), { search: '', languages: ['de'] }).locale).toBe('en');
  });

  it('prefers what was chosen, and the address before that', () => {
    const kept = memory();
    keepSettings(kept, { locale: 'zh', theme: 'dark', speed: 2 });
    expect(readSettings(kept, { search: '', languages: ['en'] })).toEqual({
      locale: 'zh',
      theme: 'dark',
      speed: 2,
    });
    expect(readSettings(kept, { search: '?l=en&t=light', languages: [] })).toMatchObject({
      locale: 'en',
      theme: 'light',
    });
    expect(readSettings(kept, { search: '?t=pink', languages: [] }).theme).toBe('dark');
  });

  it('survives a forbidden or damaged store', () => {
    expect(() => keepSettings(FORBIDDEN, { locale: 'en', theme: 'dark', speed: 1 })).not.toThrow();
    expect(readSettings(FORBIDDEN, { search: '', languages: [] }).theme).toBe('system');
    expect(
      readSettings(memory({ 'sidetrace.settings': '{"theme":7' }), { search: '', languages: [] }).theme,
    ).toBe('system');
  });
});
