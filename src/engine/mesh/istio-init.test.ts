import { expect, test } from 'vitest';
import { wholeOf } from '../../base/source.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import { parseInit } from '../../documents/istio/init-arguments.ts';
import { initRules } from './istio-init.ts';

const DEFAULT = `-p 15001 -z 15006 -u 1337 -m REDIRECT -i '*' -x "" -b '*' -d 15090,15021,15020`;

function rules(flags: string, minor: number | null, family: 4 | 6 = 4): string[] | null {
  const image = minor === null ? '' : `image: istio/proxyv2:1.${minor}.0\n`;
  const source = { name: 'init', text: `${image}istio-iptables ${flags}` };
  const asked = parseInit(source, { from: image.length, to: source.text.length }).value;
  return (
    initRules(asked, family)
      ?.split('\n')
      .filter((line) => line.startsWith('-A')) ?? null
  );
}

/** Lines that the second version has and the first has not, and the other way round. */
function changes(flags: string, before: number, after: number): { gone: string[]; come: string[] } {
  const [old, young] = [rules(flags, before) ?? [], rules(flags, after) ?? []];
  return {
    gone: old.filter((line) => !young.includes(line)),
    come: young.filter((line) => !old.includes(line)),
  };
}

test('each version makes its own rules', () => {
  expect(changes(DEFAULT, 6, 7).come).toEqual(['-A ISTIO_INBOUND -p tcp -m tcp --dport 15008 -j RETURN']);
  expect(changes(DEFAULT, 12, 13)).toEqual({
    gone: ['-A ISTIO_INBOUND -p tcp -m tcp --dport 22 -j RETURN'],
    come: [],
  });
  expect(changes(DEFAULT, 17, 18).come).toEqual(
    ['uid', 'gid'].map(
      (id) =>
        `-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m tcp ! --dport 15008 -m owner --${id}-owner 1337 -j ISTIO_IN_REDIRECT`,
    ),
  );
  expect(changes(DEFAULT, 24, 25)).toEqual({
    gone: ['-A OUTPUT -p tcp -j ISTIO_OUTPUT'],
    come: ['-A OUTPUT -j ISTIO_OUTPUT'],
  });
  expect(changes('-u 1337 -i 10.0.0.0/8', 22, 23).gone).toEqual(['-A ISTIO_OUTPUT -j RETURN']);
});

test('excluded and included ports, ranges and interfaces', () => {
  const made = rules('-u 7 -b 80 -c net1 -i 10.0.0.0/8,fd00::/8 -x 10.1.0.0/16 -o 3306 -q 27017', null);
  expect(made).toEqual(
    expect.arrayContaining([
      '-A PREROUTING -i net1 -j RETURN',
      '-A OUTPUT -o net1 -j RETURN',
      '-A ISTIO_INBOUND -p tcp -m tcp --dport 80 -j ISTIO_IN_REDIRECT',
    ]),
  );
  const output = made?.filter((line) => line.startsWith('-A ISTIO_OUTPUT')) ?? [];
  expect(output.slice(0, 2)).toEqual([
    '-A ISTIO_OUTPUT -p tcp -m tcp --dport 3306 -j RETURN',
    '-A ISTIO_OUTPUT -p udp -m udp --dport 3306 -j RETURN',
  ]);
  expect(output.slice(-3)).toEqual([
    '-A ISTIO_OUTPUT -d 10.1.0.0/16 -j RETURN',
    '-A ISTIO_OUTPUT -p tcp -m tcp --dport 27017 -j ISTIO_REDIRECT',
    '-A ISTIO_OUTPUT -d 10.0.0.0/8 -j ISTIO_REDIRECT',
  ]);
});

test('what is made is read whole, in both families and both modes', () => {
  for (const family of [4, 6] as const)
    for (const mode of ['REDIRECT', 'TPROXY']) {
      const text = rules(DEFAULT.replace('REDIRECT', mode), null, family);
      expect(text).not.toBeNull();
      const source = { name: 'init', text: `*mangle\n${text?.join('\n') ?? ''}\nCOMMIT\n` };
      const problems = parseSave(source, wholeOf(source), null).diagnostics;
      expect(problems).toEqual([]);
    }
});

test('no rules rather than wrong ones', () => {
  expect(rules('-p 15001', 2)).toBeNull();
  expect(rules('-m TPROXY', 8)).toBeNull();
  expect(rules('-p 15001 --redirect-dns', null)).toBeNull();
});
