import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { wordsOf } from './languages.ts';
import { zh } from './zh.ts';

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  );
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+|<\w+>/g))].toSorted();
}

/** A value of its own for each name: a number for what is counted, in words of one or many. */
function valuesFor(text: string): Record<string, string | number> {
  const counted = new Set([...text.matchAll(/\{(\w+), plural/g)].map(([, name]) => name));
  const names = placeholders(text).map((name) => name.slice(1));
  return Object.fromEntries(names.map((name) => [name, counted.has(name) ? 417 : `«${name}»`]));
}

/** The sources of the pure part, tests left out. */
function sources(): string[] {
  return ['base', 'documents', 'engine', 'permalink'].flatMap((folder) =>
    readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(`src/${folder}/${file}`, 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')),
  );
}

/** Names in dotted form that are no codes: packages, and the types and filters of Envoy. */
const NO_CODES = /^(?:ipaddr\.js|(?:envoy|type|com|io)\.[\w-]+\.[\w.-]+|\d.*)$/;

function codesIn(text: string): string[] {
  const literals = [...text.matchAll(/'([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)'/g)].map(([, code]) => code ?? '');
  return literals.filter((code) => !NO_CODES.test(code));
}

/** `reason` of engine/envoy puts the first word before its codes. */
function isTold(code: string, codes: Readonly<Record<string, string>>): boolean {
  return code in codes || `envoy.${code}` in codes;
}

const EMITTED = new Set(sources().flatMap(codesIn));

describe('the two languages', () => {
  it('fill every sentence with the same values', () => {
    const chinese = new Map(leaves(zh));
    const unlike = leaves(en)
      .filter(([key, text]) => String(placeholders(text)) !== String(placeholders(chinese.get(key) ?? '')))
      .map(([key]) => key);
    expect(unlike).toEqual([]);
  });

  it('have a sentence for every code that the pure part emits', () => {
    expect(EMITTED.size).toBeGreaterThan(100);
    expect([...EMITTED].filter((code) => !isTold(code, en.codes))).toEqual([]);
    expect([...EMITTED].filter((code) => !isTold(code, zh.codes))).toEqual([]);
  });

  it.each(['en', 'zh'] as const)('are well-formed: %s', (locale) => {
    const { say } = wordsOf(locale);
    for (const [code, text] of Object.entries((locale === 'en' ? en : zh).codes)) {
      const parameters = valuesFor(text);
      const sentence = say({ code, parameters });
      for (const name of Object.keys(parameters).filter((each) => each !== 'all'))
        expect(`${code}: ${sentence}`).toContain(String(parameters[name]));
      expect(`${code}: ${sentence}`).not.toContain('{');
    }
  });
});

describe('say', () => {
  const { say, knows } = wordsOf('en');

  it('shows a code it has no sentence for, with its values', () => {
    expect(knows('future.thing')).toBe(false);
    expect(say({ code: 'future.thing', parameters: { port: 80, host: 'a' } })).toBe(
      'future.thing (port 80, host a)',
    );
  });

  it('shows the code when a value is missing, and does not throw', () => {
    expect(say({ code: 'rules.chain.missing', parameters: {} })).toBe('rules.chain.missing');
  });

  it('quotes values as they are', () => {
    expect(say({ code: 'rules.chain.missing', parameters: { chain: "<b>{x}' 😀" } })).toContain("<b>{x}' 😀");
  });
});
