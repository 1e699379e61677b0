import { expect, test } from 'vitest';
import { textAt, wholeOf } from '../../base/source.ts';
import { parseInit } from '../../documents/istio/init-arguments.ts';
import { parseNft } from '../../documents/nft/parse.ts';
import { parseDocuments } from '../../documents/parse.ts';
import { initRules } from './istio-init.ts';

const DEFAULT = `-p 15001 -z 15006 -u 1337 -m REDIRECT -i '*' -x "" -b '*' -d 15090,15021,15020`;

/** What a version makes of the flags, with what stands above them in the paste. */
function text(flags: string, minor: number | null, family: 4 | 6 = 4, above = ''): string | null {
  const head = above + (minor === null ? '' : `image: istio/proxyv2:1.${minor}.0\n`);
  const source = { name: 'init', text: `${head}istio-iptables ${flags}` };
  return initRules(parseInit(source, { from: head.length, to: source.text.length }).value, family);
}

function rules(flags: string, minor: number | null, family: 4 | 6 = 4): string[] | null {
  const made = text(flags, minor, family);
  return made?.split('\n').filter((line) => line.startsWith('-A')) ?? null;
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

/** The lines of the chains of one table, without the table's name. */
function table(name: string, flags: string, minor: number | null, family: 4 | 6 = 4, above = ''): string[] {
  const dump = text(flags, minor, family, above) ?? '';
  const [, body = ''] = dump.split(`*${name}\n`);
  return (body.split('COMMIT')[0] ?? '').split('\n').filter((line) => line.startsWith('-A'));
}

const DNS = `${DEFAULT} --redirect-dns --capture-all-dns`;

test('DNS: a chain of its own, conntrack zones, and what goes to port 53 on lo is not released', () => {
  expect(table('raw', DNS, 25)).toEqual([
    '-A PREROUTING -j ISTIO_INBOUND',
    '-A OUTPUT -j ISTIO_OUTPUT_DNS',
    ...['uid', 'gid'].flatMap((id) => [
      `-A ISTIO_OUTPUT_DNS -p udp -m udp --dport 53 -m owner --${id}-owner 1337 -j CT --zone 1`,
      `-A ISTIO_OUTPUT_DNS -p udp -m udp --sport 15053 -m owner --${id}-owner 1337 -j CT --zone 2`,
    ]),
    '-A ISTIO_OUTPUT_DNS -p udp -m udp --dport 53 -j CT --zone 2',
    '-A ISTIO_INBOUND -p udp -m udp --sport 53 -j CT --zone 1',
  ]);
  const nat = table('nat', DNS, 25);
  expect(nat).toContain(
    '-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m multiport ! --dports 53,15008 -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT',
  );
  expect(nat.filter((line) => line.startsWith('-A ISTIO_OUTPUT_DNS'))).toEqual(
    ['tcp', 'udp'].map(
      (protocol) =>
        `-A ISTIO_OUTPUT_DNS -p ${protocol} -m ${protocol} --dport 53 -j REDIRECT --to-ports 15053`,
    ),
  );
});

test('DNS of earlier versions: UDP in OUTPUT, zones from 1.11, the answers’ wrong end until 1.20', () => {
  const servers = `${DEFAULT} --redirect-dns`;
  const from = (minor: number) =>
    table('raw', servers, minor, 4, 'nameserver 10.96.0.10\n').filter((line) => line.includes('PREROUTING'));
  expect([from(10), from(19), from(20)]).toEqual([
    [],
    ['-A PREROUTING -d 10.96.0.10/32 -p udp -m udp --sport 53 -j CT --zone 1'],
    ['-A PREROUTING -s 10.96.0.10/32 -p udp -m udp --sport 53 -j CT --zone 1'],
  ]);
  expect(table('nat', DNS, 8)).toContain(
    '-A POSTROUTING -p udp -m udp --dport 15053 -j SNAT --to-source 127.0.0.1',
  );
  expect(table('nat', DNS, 22).filter((line) => line.startsWith('-A OUTPUT -p udp'))).toEqual([
    '-A OUTPUT -p udp -m udp --dport 53 -m owner --uid-owner 1337 -j RETURN',
    '-A OUTPUT -p udp -m udp --dport 53 -m owner --gid-owner 1337 -j RETURN',
    '-A OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053',
  ]);
});

test('servers that the paste does not tell stay open, and only for what else fits', () => {
  const made = table('nat', `${DEFAULT} --redirect-dns`, null);
  expect(made.filter((line) => line.includes('resolv-conf'))).toEqual(
    ['tcp', 'udp'].map(
      (protocol) =>
        `-A ISTIO_OUTPUT_DNS -p ${protocol} -m ${protocol} --dport 53 -d resolv-conf-nameserver -j REDIRECT --to-ports 15053`,
    ),
  );
});

test('TPROXY, version by version', () => {
  const mangle = (minor: number) => table('mangle', DEFAULT.replace('REDIRECT', 'TPROXY'), minor);
  const caught = (minor: number) => mangle(minor).filter((line) => /ISTIO_DIVERT$|--on-port/.test(line));
  expect(caught(5)).toEqual([
    '-A ISTIO_TPROXY ! -d 127.0.0.1/32 -p tcp -j TPROXY --on-port 15001 --tproxy-mark 1337/0xffffffff',
    '-A ISTIO_INBOUND -p tcp -m socket -j ISTIO_DIVERT',
  ]);
  expect(caught(9)).toEqual([
    '-A ISTIO_TPROXY ! -d 127.0.0.1/32 -p tcp -j TPROXY --on-port 15006 --tproxy-mark 1337/0xffffffff',
    '-A ISTIO_INBOUND -p tcp -m conntrack --ctstate RELATED,ESTABLISHED -j ISTIO_DIVERT',
  ]);
  const output = (minor: number) => mangle(minor).filter((line) => line.startsWith('-A OUTPUT'));
  expect([5, 6, 9, 11].map((minor) => output(minor).length)).toEqual([0, 1, 1, 4]);
  expect(output(8)).toEqual(['-A OUTPUT -s 127.0.0.1/32 ! -d 127.0.0.1/32 -p tcp -j MARK --set-mark 1337']);
  expect(table('mangle', DEFAULT.replace('REDIRECT', 'TPROXY'), 11, 6)).toEqual([]);
  expect(table('nat', DEFAULT.replace('REDIRECT', 'TPROXY'), 11, 6)).toContain(
    '-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT',
  );
});

test('before 1.3 every call to the own pod is redirected, before 1.5 through the inbound side', () => {
  const lo = (minor: number) =>
    rules('-p 15001 -u 1337 -i * -b 80', minor)?.filter((line) => line.includes('-o lo'));
  expect(lo(1)).toEqual(['-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -j ISTIO_REDIRECT']);
  expect(lo(4)).toEqual([
    '-A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN',
    '-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -j ISTIO_IN_REDIRECT',
  ]);
  expect(rules('-p 15001 -u 1337 -b 80', 2)).toContain(
    '-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15001',
  );
});

test('virtual machines, invalid packets, groups, loopback that is asked for', () => {
  const virtual = rules('-i 10.0.0.0/8 -k tap0,tap1', null)?.filter((line) =>
    line.startsWith('-A PREROUTING'),
  );
  expect(virtual).toEqual([
    '-A PREROUTING -i tap1 -d 10.0.0.0/8 -j ISTIO_REDIRECT',
    '-A PREROUTING -i tap0 -d 10.0.0.0/8 -j ISTIO_REDIRECT',
    '-A PREROUTING -i tap1 -j RETURN',
    '-A PREROUTING -i tap0 -j RETURN',
  ]);
  expect(table('mangle', '--drop-invalid', null)).toEqual([
    '-A PREROUTING -m conntrack --ctstate INVALID -j ISTIO_DROP',
    '-A ISTIO_DROP -j DROP',
  ]);
  expect(table('nat', '-i *', null, 4, 'ISTIO_OUTBOUND_OWNER_GROUPS=7,8\n')).toContain(
    '-A ISTIO_OUTPUT -m owner ! --gid-owner 7 -m owner ! --gid-owner 8 -j RETURN',
  );
  expect(rules('-i 127.1.2.3/32', null)?.some((line) => line.includes('! --uid-owner'))).toBe(false);
});

test('native nftables: both families side by side, the rules of iptables in other words', () => {
  const made = text(`${DEFAULT} --native-nftables`, 28, 6) ?? '';
  const source = { name: 'init', text: made };
  const { value, diagnostics } = parseNft(source, wholeOf(source));
  expect(diagnostics).toEqual([]);
  expect(value.tables.map(({ family, name }) => `${family} ${name}`)).toEqual(['inet istio-proxy-nat']);
  const output = value.tables[0]?.chains.find(({ name }) => name === 'istio-output')?.rules ?? [];
  expect(output.slice(0, 4).map(({ span }) => textAt(source, span).trim())).toEqual([
    'ip saddr 127.0.0.6/32 oifname "lo" counter return',
    'ip6 saddr ::6/128 oifname "lo" counter return',
    'ip daddr != 127.0.0.1/32 oifname "lo" meta l4proto tcp tcp dport != 15008 meta skuid 1337 counter jump istio-in-redirect',
    'ip6 daddr != ::1/128 oifname "lo" meta l4proto tcp tcp dport != 15008 meta skuid 1337 counter jump istio-in-redirect',
  ]);
});

test('what is made is read whole, in every version, family, mode and notation', () => {
  const flags = [DEFAULT, DEFAULT.replace('REDIRECT', 'TPROXY'), DNS, `${DEFAULT} --native-nftables`];
  for (let minor = 1; minor <= 30; minor += 1)
    for (const family of [4, 6] as const)
      for (const each of flags) {
        const made = text(each, minor, family);
        if (made === null) continue;
        const documents = parseDocuments({ name: 'init', text: made });
        expect(documents.map(({ content }) => content.kind)).toEqual(['ruleset']);
        expect(documents.flatMap((document) => document.diagnostics)).toEqual([]);
      }
});

test('no rules rather than wrong ones', () => {
  expect(rules('-p 15001', 31)).toBeNull();
  expect(rules('-p 15001', 0)).toBeNull();
  expect(rules('-p 15001 --redirect-dns', 23)).toBeNull();
  expect(rules('-p 15001 --native-nftables', 26)).toBeNull();
});
