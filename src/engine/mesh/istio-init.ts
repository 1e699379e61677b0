// The arguments of istio-init -> the rules that its version makes, as iptables-save or nft prints them: 1.1 to 1.30, both
// families, REDIRECT and TPROXY, DNS capture, native nftables. Left out: DNS capture of 1.6, 1.7, 1.23 and 1.24.
import type { Family } from '../../base/ip.ts';
import { knowsInit, KNOWN_MINORS, type InitArguments } from '../../documents/istio/init-arguments.ts';
import { MadeRules, type InitScope } from './init/made-rules.ts';
import { mangleRules } from './init/mangle-rules.ts';
import { natRules } from './init/nat-rules.ts';
import { nftText } from './init/nft-text.ts';
import { saveText } from './init/save-text.ts';

/** The rules as a dump of the family's tables; null when they cannot be told. */
export function initRules(asked: InitArguments, family: Family): string | null {
  if (!knowsInit(asked)) return null;
  const minor = asked.minor ?? KNOWN_MINORS.last;
  // until 1.12 TPROXY was for IPv4 alone: IPv6 was redirected
  const tproxy = asked.mode === 'TPROXY' && (family === 4 || minor >= 12);
  const scope: InitScope = { minor, family, tproxy };
  const rules = new MadeRules();
  natRules(rules, asked, scope);
  mangleRules(rules, asked, scope);
  return asked.nativeNftables
    ? nftText(rules, family === 6 ? [4, 6] : [4], asked.loopbackRange)
    : saveText(rules, family, asked.loopbackRange);
}
