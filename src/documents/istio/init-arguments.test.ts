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

test('what the environment says counts where no flag does', () => {
  const servers = 'nameserver 10.96.0.10\nnameserver fd00::a\n';
  const args = '- istio-iptables\n- -p\n- "15001"\n- -b\n- "80"\n';
  const yaml = `${servers}    env:\n    - name: ISTIO_META_DNS_CAPTURE\n      value: "true"\n    - name: ISTIO_INBOUND_PORTS\n      value: '443'\n    args:\n${args}`;
  const shell = `${servers}ISTIO_META_DNS_CAPTURE=true istio-iptables -p 15001 -b 80\n`;
  const described = `${servers}    Args:\n      istio-iptables\n      -p\n      15001\n      -b\n      80\n    Environment:\n      ISTIO_META_DNS_CAPTURE:  true\n      ISTIO_INBOUND_PORTS:     443\n`;
  for (const text of [yaml, shell, described])
    expect(found(text)).toMatchObject([
      { dns: { all: false, servers: ['10.96.0.10', 'fd00::a'] }, inboundPorts: ['80'] },
    ]);
  expect(read('istio-iptables --redirect-dns --capture-all-dns=false').dns).toEqual({
    all: false,
    servers: null,
  });
});

test('defaults are those of the version', () => {
  const old = read('docker.io/istio/proxy_init:1.1.7\nistio-iptables.sh -p 15001 -m REDIRECT');
  expect(old).toMatchObject({ minor: 1, uids: ['1337', '0'], inboundPort: '15001' });
  expect(read('istio/proxyv2:1.20.0\nistio-iptables -p 1')).toMatchObject({
    uids: ['1337'],
    inboundPort: '15006',
  });
});

test.each([
  ['istio/proxyv2:1.99.0 istio-iptables -p 1', 'istio-init.version'],
  ['istio/proxyv2:1.23.0 istio-iptables --redirect-dns --capture-all-dns', 'istio-init.combination'],
  ['istio/proxyv2:1.26.0 istio-iptables --native-nftables', 'istio-init.combination'],
  ['istio-iptables --redirect-dns', 'istio-init.resolv-conf'],
])('what is not known is said: %s', (text, code) => {
  const source = { name: 'pod', text };
  expect(parseInit(source, wholeOf(source)).diagnostics.map((each) => each.code)).toEqual([code]);
});

test('prose that speaks of the program is prose', () => {
  expect(startsInit('You can run istio-iptables -p 15001 to change it')).toBe(false);
  expect(startsInit('istio-iptables')).toBe(true);
});
