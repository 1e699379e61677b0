import { deflateRawSync } from 'node:zlib';
import { base64urlnopad } from '@scure/base';
import CRC32 from 'crc-32';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { scenarioOfPaste, type Scenario } from '../engine/scenario.ts';
import { decodeFragment, encodeScenario, sampleFragment } from './fragment.ts';
import { counted } from './payload.ts';

const scenario: Scenario = {
  ...scenarioOfPaste('-A PREROUTING -p tcp -j ISTIO_INBOUND\n中文 “quotes” 😀\n'),
  title: 'who changed it?',
  expect: { remoteAddress: '127.0.0.6' },
};

/** Lone surrogates, NUL, tabs and control characters, indented lines: all that a paste may hold. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 0, max: 60 }).map((n) => `\n${' '.repeat(n)}{`),
      fc.constantFrom(
        '\n',
        '\r\n',
        '\n\t',
        '\n  \n',
        '\ud800',
        '\u0000',
        '\u0001',
        '\u0002-24;',
        '\ufeff',
        '"',
      ),
    ),
  )
  .map((parts) => parts.join(''));

const PLAIN = { noNullPrototype: true };

/** valibot takes no key that names a part of a prototype. */
const headerName = fc.stringMatching(/^[a-z]+(?:-[a-z]+)*$/).filter((name) => !(name in {}));

const request = fc.record(
  {
    from: fc.option(text),
    to: text,
    protocol: fc.constantFrom('http', 'tcp', 'tls', 'udp'),
    host: fc.option(text),
    path: text,
    method: text,
    headers: fc.dictionary(headerName, text, PLAIN),
    sni: fc.option(text),
    alpn: fc.array(text),
    uid: fc.nat(),
    gid: fc.nat(),
  } as const,
  PLAIN,
);

const anyScenario: fc.Arbitrary<Scenario> = fc.record(
  {
    version: fc.constant(1),
    title: text,
    request: fc.option(request),
    pods: fc.array(
      fc.record(
        {
          name: text,
          role: fc.constantFrom(null, 'client', 'server', 'gateway'),
          addresses: fc.array(text),
          paste: text,
        } as const,
        PLAIN,
      ),
    ),
  } as const,
  PLAIN,
);

test('any scenario survives the round trip, to the last character', () => {
  fc.assert(
    fc.property(anyScenario, (written) => {
      expect(decodeFragment(encodeScenario(written))).toEqual({ kind: 'scenario', scenario: written });
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

test('only characters that chat programs leave alone, the last one a letter or digit', () => {
  fc.assert(
    fc.property(text, (paste) => {
      expect(encodeScenario(scenarioOfPaste(paste))).toMatch(
        /^#s1\.d2\.[0-9a-f]{8}\.[A-Za-z0-9_-]*[A-Za-z0-9]$/,
      );
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

const FIRST: Scenario = { ...scenarioOfPaste('-A OUTPUT -p tcp -j ISTIO_OUTPUT\n'), title: 'first link' };
test.each([
  [
    'd',
    '#s1.d.06a53ab5.JYyxDgIhEER_ZbM1FLZ0llediVylF0NkTVAEZPdsLvfvglfOzHuz4pcqh5zQHBRKkEho8BEqC8SQXqiw0mchFjRpiVFhyZ7RXFZM7t3ZljuU_yJTbX8tO-8rMVNH5yY5lr7rI4yTPU0WdAG5F9BPGM52GG97fU24zdsP',
  ],
  ['d1', '#s1.d1.34a3b3da.I0PEYRro2GfghtU84H5m2GUE4GoJ3dnY7YMaamwMMpVgoxwA'],
  ['d2', '#s1.d2.e3ced780.IUPEYRro2GfwLfFA3fBbO4BeRHc2dvughhobg0wl2CgHAA'],
])('a link written with codec %s on 2026-11-21 opens for ever', (_, written) => {
  expect(decodeFragment(written)).toEqual({ kind: 'scenario', scenario: FIRST });
});

test('a damaged codec does not open as another scenario', () => {
  const opened = decodeFragment(encodeScenario(FIRST).replace('.d2.', '.d1.'));
  expect(opened).toEqual({ kind: 'damaged', code: 'permalink.changed', parameters: {} });
});

const link = `https://example.org/tool/${encodeScenario(scenario)}`;
const at = link.indexOf('#');

function cutInLines(width: number, end: string): string {
  return (link.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);
}

test.each([
  ['a bracket behind it', `(${link})`],
  ['a Markdown link', `[see](${link}).`],
  ['angle brackets', `<${link}>`],
  ['a Chinese full stop', `${link}。`],
  ['a sentence behind it', `${link} 看这里 and here`],
  ['a share parameter', `${link}&shareTo=weixin`],
  ['a parameter of QQ', `${link}&appinstall=0`],
  ['letters run together', `${link}abc`],
  ['a long run of letters', `${link}${'Z'.repeat(500)}`],
  ['a second link behind it', `${link}\n${link}`],
  ['an encoded #', link.replace('#', '%23')],
  ['an encoded # encoded again', link.replace('#', '%2523')],
  ['all of it encoded', encodeURIComponent(link)],
  ['a lost #', link.replace('#', '')],
  ['a router’s slash', link.replace('#', '#/')],
  ['a question mark for the #', link.replace('#', '?')],
  ['only what stands behind the #', link.slice(at + 1)],
  ['wrapped lines', cutInLines(60, '\r\n')],
  ['wrapped lines of an answered mail', cutInLines(60, '\n> > ')],
  ['the soft line ends of quoted-printable', cutInLines(75, '=\r\n')],
  ['characters without a width', link.split('').join('\u200b')],
  ['the Markdown escapes of a chat program', link.replaceAll(/[_.#-]/g, '\\$&')],
  ['the entities of a page’s source', link.replaceAll('.', '&#46;').replace('#', '&num;')],
  ['the escapes of JSON', link.replace('#', '\\u0023')],
  ['quoted-printable with an encoded #', cutInLines(75, '=\r\n').replace('#', '=23')],
  ['lines wrapped with blanks', cutInLines(60, ' ')],
  ['lines quoted with bars', cutInLines(60, '\n | ')],
  ['line separators', cutInLines(60, '\u2028')],
  ['the colours of a terminal', `\u001b[4m${cutInLines(60, '\u001b[0m\n\u001b[4m')}\u001b[0m`],
  ['joiners and selectors', link.split('').join('\u200d\ufe0f')],
  ['full-width letters', link.replaceAll(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
  ['Chinese full stops', link.replaceAll('.', '。')],
  [
    'a safe link of Outlook',
    `https://x.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&data=05`,
  ],
  [
    'a defended link of Proofpoint',
    `https://urldefense.proofpoint.com/v2/url?u=${link
      .replaceAll(/[:#_-]/g, (c) => `-${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('/', '_')}&d=DwMF`,
  ],
  [
    'the page between a chat of WeChat and the link',
    `https://weixin110.qq.com/?url=${encodeURIComponent(link)}&x=1`,
  ],
  ['dashes of a word processor', link.replaceAll('--', '—').replaceAll('-', '‑')],
])('survives %s', (_, damagedLink) =>
  expect(decodeFragment(damagedLink)).toEqual({ kind: 'scenario', scenario }),
);

test('a link that was cut off says how many characters are missing', () => {
  const total = (link.split('.').at(-1) ?? '').length;
  const payload = link.length - total;
  for (const missing of [1, 2, 40, total - 8])
    for (const tail of ['', ')', ' …', '...'])
      expect(decodeFragment(link.slice(0, -missing) + tail)).toMatchObject({
        code: 'permalink.cut',
        parameters: { missing, total },
      });
  for (const rest of [link.slice(0, payload + 3), link.slice(0, payload - 2), link.slice(0, at + 4)])
    expect(decodeFragment(rest)).toMatchObject({ kind: 'damaged', code: 'permalink.checksum' });
});

test('any one character that was changed on the way is noticed', () => {
  for (let i = link.lastIndexOf('.') + 1; i < link.length; i += 1) {
    const changed = `${link.slice(0, i)}${link[i] === 'x' ? 'y' : 'x'}${link.slice(i + 1)}`;
    expect(decodeFragment(changed).kind).toBe('damaged');
  }
  expect(decodeFragment(link.toLowerCase())).toMatchObject({ code: 'permalink.changed' });
  expect(decodeFragment(link.toUpperCase())).toMatchObject({ code: 'permalink.changed' });
});

function crc(payload: string): string {
  return (CRC32.str(payload) >>> 0).toString(16).padStart(8, '0');
}

function firstCodec(content: string): string {
  const payload = base64urlnopad.encode(deflateRawSync(content));
  return `#s1.d.${crc(payload)}.${payload}`;
}

function handMade(content: string): string {
  const payload = counted(deflateRawSync(content));
  return `#s1.d1.${crc(payload)}.${payload}`;
}

test.each([
  ['another version', '{"version":2,"pods":[]}', 'permalink.scenario'],
  ['no JSON', 'no json', 'permalink.payload'],
  ['no object', '[[["version"]]]', 'permalink.scenario'],
  ['deep nesting', `{"version":1,"pods":${'['.repeat(100_000)}`, 'permalink.payload'],
  [
    'more pods than a screen can show',
    `{"version":1,"pods":[${'{"name":"a"},'.repeat(999)}{"name":"b"}]}`,
    'permalink.scenario',
  ],
  ['a bomb', JSON.stringify('0'.repeat(40_000_000)), 'permalink.size'],
])('content that is no scenario is named, never thrown: %s', (_, content, code) => {
  expect(decodeFragment(firstCodec(content))).toMatchObject({ kind: 'damaged', code });
  expect(decodeFragment(handMade(content))).toMatchObject({ kind: 'damaged', code });
});

test('a bomb of indentation, and a link larger than any, are refused', () => {
  const body = `\n\u0001999999999;x`.repeat(10_000);
  const bomb = `{"version":1,"pods":[{"name":"a","paste":${body.length}}]}\n${body}`;
  expect(decodeFragment(handMade(bomb))).toMatchObject({ code: 'permalink.size' });
  expect(decodeFragment(`#s1.d1.00000000.${'A'.repeat(5_000_000)}`)).toMatchObject({
    code: 'permalink.size',
  });
});

test.each(['-5', '1e308', '0.5', '{}', 'null', '[1]'])('a paste of length %s is no harm', (length) => {
  const content = `{"version":1,"pods":[{"name":"a","paste":${length}},{"name":"b","paste":3}]}\nabc`;
  expect(['scenario', 'damaged']).toContain(decodeFragment(handMade(content)).kind);
});

test('a codec of the future is named', () => {
  expect(decodeFragment(link.replace('s1.d2.', 's1.d9.'))).toMatchObject({
    code: 'permalink.codec',
    parameters: { codec: 'd9' },
  });
});

test.each([firstCodec, handMade])('prototype names are only names', (write) => {
  const opened = decodeFragment(
    write(
      '{"version":1,"__proto__":{"polluted":1},"pods":[{"name":"constructor","__proto__":{"role":"x"}}]}',
    ),
  );
  expect(opened.kind).toBe('scenario');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('nothing that stands where a link should makes it throw', () => {
  const noise = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('#', 's1.', 'd1.', 'd.', '%')),
  );
  fc.assert(
    fc.property(noise, (parts) => {
      const { kind } = decodeFragment(parts.join(''));
      expect(['none', 'damaged', 'sample']).toContain(kind);
    }),
  );
});

test('samples have short links; anything else is none', () => {
  expect(decodeFragment(sampleFragment('bookinfo'))).toEqual({ kind: 'sample', id: 'bookinfo' });
  expect(decodeFragment('https://example.org/%23g%2Fbookinfo)')).toEqual({ kind: 'sample', id: 'bookinfo' });
  expect(decodeFragment('')).toEqual({ kind: 'none' });
  expect(decodeFragment('#about')).toEqual({ kind: 'none' });
});
