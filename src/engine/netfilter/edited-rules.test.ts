// What is kept of a chain must hold for it when other chains were edited, and be forgotten when it was.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEndpoint } from '../../base/ip.ts';
import { editedText, type ReadText } from '../../documents/edited.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import { parsePaste } from '../../documents/parse.ts';
import { createConntrack } from './conntrack.ts';
import { labHost } from './lab.ts';
import { lint } from './lint.ts';
import { receive } from './walk.ts';

function readAnew(text: string): ReadText {
  const source = { name: 'node', text };
  return { source, ...parsePaste(source) };
}

function rulesetOf({ documents }: ReadText): Ruleset {
  const tables = documents.flatMap(({ content }) =>
    content.kind === 'ruleset' ? content.ruleset.tables : [],
  );
  return { tables };
}

function walked(ruleset: Ruleset, port: number): unknown {
  const from = parseEndpoint('10.20.0.78:40000');
  const to = parseEndpoint(`10.20.0.77:${port}`);
  if (!from || !to) throw new Error('no endpoints');
  const tuple = {
    protocol: 'tcp',
    src: from.address,
    sport: from.port,
    dst: to.address,
    dport: port,
  } as const;
  const packet = { tuple, iif: 'eth0', oif: null, mark: 0, owner: null };
  const { passes, fate } = receive(labHost(ruleset, 'default'), createConntrack(), packet);
  const steps = passes.flatMap((pass) => pass.steps);
  return [fate, steps.map(({ chain, rule, verdict }) => [chain, rule?.number, rule?.span, verdict])];
}

/** What is found in the rules, and the ways of packets through them. */
function answersOf(read: ReadText): unknown {
  const ruleset = rulesetOf(read);
  const facts = lint(ruleset).map(({ kind, chain, rule, because }) => [
    kind,
    chain.name,
    rule.number,
    because.number,
    rule.span,
    because.span,
  ]);
  return [facts, [1, 2, 3].map((port) => walked(ruleset, port))];
}

const rule = fc
  .record({
    chain: fc.constantFrom('INPUT', 'A', 'B'),
    port: fc.integer({ min: 1, max: 4 }),
    mark: fc.constantFrom('', '-m comment --comment "a longer text than others" '),
    target: fc.constantFrom('ACCEPT', 'DROP', 'RETURN', 'A', 'B'),
  })
  .map(({ chain, port, mark, target }) => `-A ${chain} -p tcp ${mark}-m tcp --dport ${port} -j ${target}`);

test('answers to an edited text are those to the text read anew', () => {
  const head = ['*filter', ':INPUT ACCEPT [0:0]', ':A - [0:0]', ':B - [0:0]', '-A INPUT -j A'];
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 20, maxLength: 60 }),
      fc.array(fc.tuple(fc.nat(60), fc.nat(1), fc.array(rule, { maxLength: 1 })), { maxLength: 5 }),
      (rules, edits) => {
        let known = readAnew([...head, ...rules, '-A B -j RETURN', 'COMMIT', ''].join('\n'));
        let lines = rules;
        for (const [at, gone, fresh] of edits) {
          answersOf(known);
          lines = lines.toSpliced(at % (lines.length + 1), gone, ...fresh);
          const text = [...head, ...lines, '-A B -j RETURN', 'COMMIT', ''].join('\n');
          const edited = text === known.source.text ? known : editedText(known, text);
          expect(edited && answersOf(edited)).toEqual(answersOf(readAnew(text)));
          known = edited ?? readAnew(text);
        }
      },
    ),
    { numRuns: 60 },
  );
});
