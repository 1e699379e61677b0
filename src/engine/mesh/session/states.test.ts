import { expect, test } from 'vitest';
import { parsePaste } from '../../../documents/parse.ts';
import { rulesetsOfOneState } from './states.ts';

function rules(port: number): string {
  return `*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j REDIRECT --to-ports ${port}\nCOMMIT`;
}
const MANGLE = '*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j RETURN\nCOMMIT';
const LOG =
  '[2024-05-02T10:11:12.131Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 60 0 0 "-" "curl/8" "5d1c" "web:80" "10.9.8.7:80" inbound|80|| 127.0.0.6:40001 10.9.8.7:80 10.9.8.6:50001 - default';
const PATCH = `$ kubectl patch deployment web -p '{"spec":{}}'`;

/** Tables that are walked, and the ports they redirect to, in order. */
function walked(...pieces: readonly string[]): string[] {
  const source = { name: 'paste', text: pieces.join('\n\n') };
  const { documents, commands } = parsePaste(source);
  return rulesetsOfOneState(documents, commands).flatMap(({ tables }) =>
    tables.map(({ name, chains }) => {
      const [rule] = chains.flatMap((chain) => chain.rules);
      return `${name} ${/\d+$/.exec(source.text.slice(rule?.span.from, rule?.span.to))?.[0] ?? ''}`.trim();
    }),
  );
}

test('a log from before a change is followed through the rules from before it', () => {
  expect(walked(rules(1), LOG, PATCH, MANGLE, rules(2))).toEqual(['nat 1']);
});

test('a log from behind it is followed through those behind it', () => {
  expect(walked(rules(1), PATCH, MANGLE, rules(2), LOG)).toEqual(['mangle', 'nat 2']);
});

test('without a log the last state counts', () => {
  expect(walked(rules(1), PATCH, MANGLE, rules(2))).toEqual(['mangle', 'nat 2']);
});

test('tables that are shown once are of one state, whatever stands between them', () => {
  expect(walked(LOG, rules(1), PATCH, MANGLE)).toEqual(['nat 1', 'mangle']);
});

test('a command that only reads changes nothing', () => {
  expect(walked(LOG, rules(1), '$ kubectl get pods -n web', rules(2))).toEqual(['nat 1', 'nat 2']);
});
