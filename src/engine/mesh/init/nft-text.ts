// Made rules -> the tables of Istio's native nftables mode (1.27 and later), as `nft list ruleset` prints them: rules of
// both families side by side in inet tables. istio tools/istio-nftables/pkg/capture/run.go.
import type { Family } from '../../../base/ip.ts';
import type { MadeRule, MadeRules, MadeTable } from './made-rules.ts';
import { ownAddresses, placed } from './save-text.ts';

const BASES: Readonly<Record<MadeTable, Readonly<Record<string, string>>>> = {
  raw: {
    PREROUTING: 'type filter hook prerouting priority raw; policy accept;',
    OUTPUT: 'type filter hook output priority raw; policy accept;',
  },
  mangle: {
    PREROUTING: 'type filter hook prerouting priority mangle; policy accept;',
    OUTPUT: 'type route hook output priority mangle; policy accept;',
  },
  nat: {
    PREROUTING: 'type nat hook prerouting priority dstnat; policy accept;',
    OUTPUT: 'type nat hook output priority -100; policy accept;',
  },
};

const TABLES: readonly MadeTable[] = ['nat', 'mangle', 'raw'];

/** Tables with the rules of IPv4, and of IPv6 too when the pod has it. */
export function nftText(rules: MadeRules, families: readonly Family[], loopbackRange: string): string {
  const tables = TABLES.flatMap((table) => {
    const chains = [...rules.chainsOf(table)].map(([chain, made]) => {
      const base = BASES[table][chain];
      const lines = made.flatMap((rule) => nftRules(rule, families, loopbackRange));
      const body = [...(base === undefined ? [] : [base]), ...lines].map((line) => `\t\t${line}\n`);
      return `\tchain ${nftName(chain)} {\n${body.join('')}\t}\n`;
    });
    return chains.length === 0 ? [] : [`table inet istio-proxy-${table} {\n${chains.join('\n')}}\n`];
  });
  return tables.join('\n');
}

function nftName(chain: string): string {
  return chain.toLowerCase().replaceAll('_', '-');
}

/** One rule, or one a family when it names an address. */
function nftRules(rule: MadeRule, families: readonly Family[], loopbackRange: string): string[] {
  const ofFamily = (family: Family) =>
    nftRule(placed(rule.words, ownAddresses(family, loopbackRange)), family);
  if (rule.family !== null) return families.includes(rule.family) ? [ofFamily(rule.family)] : [];
  const named = /<host>|<bind>/.test(rule.words);
  return (named ? families : families.slice(0, 1)).map(ofFamily);
}

/** The words of one iptables rule in nft's notation. */
function nftRule(words: string, family: Family): string {
  const layer = family === 4 ? 'ip' : 'ip6';
  const parts: string[] = [];
  let protocol = '';
  let operator = '';
  let module = '';
  const rest = words.split(' ');
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const value = () => rest.shift() ?? '';
    switch (word) {
      case '!':
        operator = '!= ';
        continue;
      case '-m':
        module = value();
        continue;
      case '-p':
        protocol = value();
        parts.push(`meta l4proto ${protocol}`);
        break;
      case '-j':
        parts.push('counter', ...statement(value(), rest.splice(0), layer));
        break;
      default:
        parts.push(comparison(module === 'connmark' ? 'ct mark' : word, layer, protocol, operator, value()));
    }
    operator = '';
  }
  return parts.join(' ');
}

function comparison(
  option: string,
  layer: string,
  protocol: string,
  operator: string,
  value: string,
): string {
  switch (option) {
    case '-i':
      return `iifname "${value}"`;
    case '-o':
      return `oifname "${value}"`;
    case '-s':
      return `${layer} saddr ${operator}${value}`;
    case '-d':
      return `${layer} daddr ${operator}${value}`;
    case '--dports':
      return `${protocol} dport ${operator}{ ${value.replaceAll(',', ', ')} }`;
    case '--uid-owner':
      return `meta skuid ${operator}${value}`;
    case '--gid-owner':
      return `meta skgid ${operator}${value}`;
    case '--mark':
      return `meta mark ${operator}${value}`;
    case 'ct mark':
      return `ct mark ${operator}${value}`;
    case '--ctstate':
      return `ct state ${value.toLowerCase()}`;
    default:
      return `${protocol} ${option.slice(2)} ${operator}${value}`;
  }
}

function statement(target: string, options: readonly string[], layer: string): string[] {
  const after = (option: string) => options[options.indexOf(option) + 1] ?? '';
  switch (target) {
    case 'REDIRECT':
      return [`redirect to :${after('--to-ports')}`];
    case 'TPROXY': {
      const mark = after('--tproxy-mark').replace(/\/.*/, '');
      return [`tproxy ${layer} to :${after('--on-port')} meta mark set ${mark} accept`];
    }
    case 'MARK':
      return [`meta mark set ${after('--set-mark')}`];
    case 'CONNMARK':
      return [options.includes('--save-mark') ? 'ct mark set meta mark' : 'meta mark set ct mark'];
    case 'CT':
      return [`ct zone set ${after('--zone')}`];
    case 'RETURN':
    case 'ACCEPT':
    case 'DROP':
      return [target.toLowerCase()];
    default:
      return [`jump ${nftName(target)}`];
  }
}
