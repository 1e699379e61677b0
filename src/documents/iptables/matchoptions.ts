// Options of match modules (`--dport 80`, `--uid-owner 1337`) -> tests, as iptables-extensions(8) names them.
import type { MatchTest, Range } from './match.ts';
import { icmpNumbers } from './icmpnames.ts';
import { protocolNumber } from './names.ts';
import {
  parseAddressRange,
  parseHost,
  parseIds,
  parseMasked,
  parsePortList,
  parsePorts,
  parseStates,
  parseStatuses,
  parseTcpFlags,
} from './values.ts';

/** What the rule said so far: an option's meaning depends on it. */
export interface Scope {
  readonly family: 4 | 6;
  /** The last `-m` word, or the protocol's name: `-p tcp` brings the tcp module along. */
  readonly module: string;
  /** From `-p`: whose ports `--dport` means. */
  readonly protocols: readonly number[];
}

export interface MatchOption {
  readonly arity: 0 | 1 | 2;
  /** Null when the value cannot be understood. */
  readonly read: (value: string, scope: Scope, second: string) => MatchTest | null;
}

type PortSide = 'source' | 'destination' | 'either';

function ports(side: PortSide, read: (text: string) => readonly Range[] | null): MatchOption {
  return {
    arity: 1,
    read: (value, scope) => {
      const ranges = read(value);
      return ranges && { kind: 'ports', protocols: scope.protocols, side, ranges };
    },
  };
}

function onePort(side: PortSide): MatchOption {
  return ports(side, (text) => {
    const range = parsePorts(text);
    return range && [range];
  });
}

function ids(kind: 'uid' | 'gid'): MatchOption {
  return {
    arity: 1,
    read: (value) => {
      const range = parseIds(value);
      return range && { kind, ranges: [range] };
    },
  };
}

function masked(kind: 'mark' | 'connmark'): MatchOption {
  return {
    arity: 1,
    read: (value) => {
      const mark = parseMasked(value);
      return mark && { kind, values: [mark] };
    },
  };
}

function addressRange(kind: 'source-range' | 'destination-range'): MatchOption {
  return {
    arity: 1,
    read: (value) => {
      const range = parseAddressRange(value);
      return range && { kind, ranges: [range] };
    },
  };
}

function addressType(side: 'source' | 'destination'): MatchOption {
  return {
    arity: 1,
    read: (value) => ({
      kind: 'address-type',
      side,
      types: value.toUpperCase().split(','),
      exclusive: false,
    }),
  };
}

type ConnectionSide = 'origsrc' | 'origdst' | 'replsrc' | 'repldst';

function connectionAddress(side: ConnectionSide): MatchOption {
  return {
    arity: 1,
    read: (value, scope) => {
      const prefix = parseHost(value, scope.family);
      return prefix && { kind: 'ct-address', side, prefix };
    },
  };
}

function connectionPort(side: ConnectionSide): MatchOption {
  return {
    arity: 1,
    read: (value) => {
      const range = parsePorts(value);
      return range && { kind: 'ct-port', side, range };
    },
  };
}

const connectionState: MatchOption = {
  arity: 1,
  read: (value) => {
    const states = parseStates(value);
    return states && { kind: 'ct-state', states };
  },
};

const connectionStatus: MatchOption = {
  arity: 1,
  read: (value) => {
    const statuses = value === 'NONE' ? [] : parseStatuses(value);
    return statuses && { kind: 'ct-status', statuses };
  },
};

const tcpFlags: MatchOption = {
  arity: 2,
  read: (value, _scope, second) => {
    const mask = parseTcpFlags(value);
    const set = parseTcpFlags(second);
    return mask === null || set === null ? null : { kind: 'tcp-flags', mask, set };
  },
};

const icmpType: MatchOption = {
  arity: 1,
  read: (value, scope) => {
    const known = icmpNumbers(value, scope.family);
    if (known === 'any') return { kind: 'protocol', protocols: scope.protocols };
    return known && { kind: 'icmp-type', ...known };
  },
};

const connectionProtocol: MatchOption = {
  arity: 1,
  read: (value) => {
    const protocol = protocolNumber(value);
    return protocol === null ? null : { kind: 'ct-protocol', protocol };
  },
};

const direction: MatchOption = {
  arity: 1,
  read: (value) => {
    const text = value.toLowerCase();
    return text === 'original' || text === 'reply' ? { kind: 'ct-direction', direction: text } : null;
  },
};

/** SYN set, and ACK, RST, FIN clear: what `--syn` stands for. */
const SYN_ONLY: MatchTest = { kind: 'tcp-flags', mask: 0x17, set: 0x02 };

const OPTIONS: ReadonlyMap<string, MatchOption> = new Map(
  Object.entries<MatchOption>({
    '--sport': onePort('source'),
    '--source-port': onePort('source'),
    '--dport': onePort('destination'),
    '--destination-port': onePort('destination'),
    '--sports': ports('source', parsePortList),
    '--source-ports': ports('source', parsePortList),
    '--dports': ports('destination', parsePortList),
    '--destination-ports': ports('destination', parsePortList),
    '--ports': ports('either', parsePortList),
    '--tcp-flags': tcpFlags,
    '--syn': { arity: 0, read: () => SYN_ONLY },
    '--icmp-type': icmpType,
    '--icmpv6-type': icmpType,
    '--uid-owner': ids('uid'),
    '--gid-owner': ids('gid'),
    '--socket-exists': { arity: 0, read: () => ({ kind: 'socket-exists' }) },
    'mark --mark': masked('mark'),
    'connmark --mark': masked('connmark'),
    '--ctstate': connectionState,
    '--state': connectionState,
    '--ctstatus': connectionStatus,
    '--ctdir': direction,
    '--ctproto': connectionProtocol,
    '--ctorigsrc': connectionAddress('origsrc'),
    '--ctorigdst': connectionAddress('origdst'),
    '--ctreplsrc': connectionAddress('replsrc'),
    '--ctrepldst': connectionAddress('repldst'),
    '--ctorigsrcport': connectionPort('origsrc'),
    '--ctorigdstport': connectionPort('origdst'),
    '--ctreplsrcport': connectionPort('replsrc'),
    '--ctrepldstport': connectionPort('repldst'),
    '--src-type': addressType('source'),
    '--dst-type': addressType('destination'),
    '--src-range': addressRange('source-range'),
    '--dst-range': addressRange('destination-range'),
    '--comment': { arity: 1, read: (value) => ({ kind: 'comment', text: value }) },
  }),
);

const MODULES: ReadonlySet<string> = new Set([
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'dccp',
  'multiport',
  'owner',
  'mark',
  'connmark',
  'conntrack',
  'state',
  'addrtype',
  'iprange',
  'comment',
  'icmp',
  'icmp6',
  'icmpv6',
  'ipv6-icmp',
]);

/** Whether every meaning of the module's options is known here; `socket` has a reader of its own. */
export function isKnownModule(name: string): boolean {
  return MODULES.has(name);
}

export function matchOption(scope: Scope, option: string): MatchOption | null {
  return OPTIONS.get(option) ?? OPTIONS.get(`${scope.module} ${option}`) ?? null;
}
