// A language -> its words: `t` for the interface, typed by key; `say` for what the engine emits as code + parameters.
// A code without a sentence shows itself, so that a newer engine never empties the screen.
import { createTranslator } from 'use-intl/core';
import type { Parameters } from '../base/diagnostic.ts';
import type { Message } from '../engine/trace/trace.ts';
import type { en } from './en.ts';

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };

/** What a language has to supply: the English tables' keys, with its own sentences. */
export type Language = Shape<typeof en>;

type Interface = (typeof en)['interface'];

function translatorOf(locale: 'en' | 'zh', language: Language) {
  return createTranslator<Interface>({ locale, messages: language.interface, timeZone: 'UTC' });
}

export interface Words {
  readonly locale: 'en' | 'zh';
  /** Whether every sentence is there; a first visitor begins with those of the first screen. */
  readonly whole: boolean;
  readonly t: ReturnType<typeof translatorOf>;
  /**
   * The sentence for a code, filled with its parameters; `all` in it stands for all of them. The code itself when
   * there is no sentence, or a parameter is missing.
   */
  readonly say: (message: Message) => string;
  readonly knows: (code: string) => boolean;
}

/** use-intl reads dots in keys as nesting. */
function keyOf(code: string): string {
  return code.replaceAll('.', '/');
}

function listed(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** An empty value leaves no hole in a sentence. */
function told(parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value === '' ? '–' : value]),
  );
}

/** Compiled sentences say so of a parameter that is missing, where ICU's parser refuses. */
const HOLE = /\b(?:undefined|NaN)\b/;

function fallback({ code, parameters }: Message): string {
  const values = listed(parameters);
  return values === '' ? code : `${code} (${values})`;
}

/** The words of a language, from its tables. */
export function makeWords(locale: 'en' | 'zh', language: Language, whole = true): Words {
  const codes: Readonly<Record<string, string>> = language.codes;
  const messages = Object.fromEntries(Object.entries(codes).map(([code, text]) => [keyOf(code), text]));
  let failed = false;
  const translate = createTranslator<Record<string, string>>({
    locale,
    messages,
    timeZone: 'UTC',
    onError: () => {
      failed = true;
    },
  });
  return {
    locale,
    whole,
    t: translatorOf(locale, language),
    knows: (code) => Object.hasOwn(codes, code),
    say: (message) => {
      if (!Object.hasOwn(codes, message.code)) return fallback(message);
      failed = false;
      const sentence = translate(keyOf(message.code), {
        ...told(message.parameters),
        all: listed(message.parameters) || '*',
      });
      return failed || (HOLE.test(sentence) && !HOLE.test(listed(message.parameters)))
        ? fallback(message)
        : sentence;
    },
  };
}
