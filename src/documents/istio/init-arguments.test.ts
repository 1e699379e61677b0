import { expect, test } from 'vitest';
import { wholeOf } from '../../base/source.ts';
import { parseDocuments } from '../parse.ts';
import { parseInit, startsInit, type InitArguments } from './init-arguments.ts';

function read(text: string): InitArguments {
  const source = { name: 'pod', text };
  return parseInit(source, wholeOf(source)).value;
}

/** The arguments that a whole paste holds. */
function found(text: string): InitArguments[] {
  const documents = parseDocuments({ name: 'pod', text });
  return documents.flatMap(({ content }) => (content.kind === 'istio-init' ? [content.asked] : []));
}

const ITEMS = ['-p', '15001', '-u', '1337,0', '-i', '*', '-x', '', '-b', '80,443', '-d', '15021'];

test('a command line and every kind of list say the same', () => {
  const command = `$ istio-iptables -p 15001 -u 1337,0 -i '*' -x "" -b 80,443 -d 15021`;
  const json = `"args": [\n${['istio-iptables', ...ITEMS].map((item) => `  "${item}"`).join(',\n')}\n],`;
  const inline = `args: ["istio-iptables", ${ITEMS.map((item) => `"${item}"`).join(', ')}]`;
  const yaml = `  - args:\n    - istio-iptables\n${ITEMS.map((item) => `    - '${item}'`).join('\n')}\n    image: x`;
  const described = `    Args:\n      istio-iptables\n${ITEMS.map((item) => `      ${item}`).join('\n')}\n    State:  Terminated`;
  const [expected] = found(command);
  expect(expected).toMatchObject({
    uids: ['1337', '0'],
    gids: ['1337', '0'],
    ranges: ['*'],
    excludedRanges: [],
    inboundPorts: ['80', '443'],
    excludedInboundPorts: ['15021'],
  });
  for (const text of [json, inline, yaml, described]) expect(found(text)).toEqual([expected]);
});

test('the version is that of the nearest proxy image', () => {
  expect(read('istio-iptables -p 1').minor).toBeNull();
  expect(
    found(
      'image: istio/proxyv2:1.9.0\n\n\n\n\n\n- istio-iptables\n- -p\n- "1"\nimage: gcr.io/x/proxyv2:1.24.2-distroless\n',
    )[0]?.minor,
  ).toBe(24);
});

test('a flag whose rules are not followed is kept, and said', () => {
  const source = { name: 'pod', text: 'istio-iptables -p 15001 --redirect-dns=true --drop-invalid=false' };
  const { value, diagnostics } = parseInit(source, wholeOf(source));
  expect(value.unfollowed).toEqual(['--redirect-dns']);
  expect(diagnostics.map(({ code }) => code)).toEqual(['istio-init.flag']);
});

test('prose that speaks of the program is prose', () => {
  expect(startsInit('You can run istio-iptables -p 15001 to change it')).toBe(false);
  expect(startsInit('istio-iptables')).toBe(true);
});
