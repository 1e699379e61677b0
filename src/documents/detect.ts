// What a piece of a paste is: one ordered table. A document of lines starts with a line that only its kind prints,
// and goes on while lines can belong to it. Adding a dialect is adding a row.
import { diagnostic, type Diagnostic, type Parsed } from '../base/diagnostic.ts';
import { linesOf, textAt, type Source, type Span } from '../base/source.ts';
import { readYaml } from '../base/yaml.ts';
import type { AccessLogEntry } from './accesslog/entry.ts';
import { parseTextEntry, textEntryStart } from './accesslog/text.ts';
import { familyOption, isIpv6Command, routeTableOf, tableOf, type Command } from './command.ts';
import type { DocumentContent, DocumentKind } from './document.ts';
import type { ProxyConfig } from './envoy/config.ts';
import { looksLikeEnvoyConfig, readProxyConfig } from './envoy/parse.ts';
import { istioctlTableLines, parseIstioctlTable, startsIstioctlTable } from './envoy/tables/table.ts';
import { startsYaml, yamlLines } from './envoy/yaml-lines.ts';
import type { RulesFamily } from './iptables/family.ts';
import { isListLine, parseList, startsList } from './iptables/list.ts';
import { isRulesLine, parseRules, startsRules } from './iptables/rules.ts';
import type { Ruleset } from './iptables/ruleset.ts';
import { isSaveLine, parseSave, startsSave } from './iptables/save.ts';
import { initLines, parseInit, startsInit } from './istio/init-arguments.ts';
import { nftLines, startsNft } from './nft/lines.ts';
import { parseNft } from './nft/parse.ts';
import { isInterfaceLine, parseInterfaces, startsInterfaces } from './route/interfaces.ts';
import { isPolicyLine, parsePolicy, startsPolicy } from './route/policy.ts';
import { isRouteLine, parseRoutes, startsRoutes } from './route/routes.ts';

export interface Content {
  readonly content: DocumentContent;
  readonly diagnostics: readonly Diagnostic[];
}

/** A kind of document that is told by its lines. */
export interface LineKind {
  readonly kind: DocumentKind;
  readonly starts: (line: string) => boolean;
  /** For a document that began with `first`: whether each further line, asked in turn, can stand inside. */
  readonly inside: (first: string) => (line: string) => boolean;
  /** Null when it is not of this kind after all. */
  readonly read: (source: Source, span: Span, command: Command | null) => Content | null;
}

function familyFrom(command: Command | null): RulesFamily | null {
  return isIpv6Command(command) ? 'ip6' : null;
}

function rules({ value, diagnostics }: { value: Ruleset; diagnostics: readonly Diagnostic[] }): Content {
  return { content: { kind: 'ruleset', ruleset: value }, diagnostics };
}

function proxyConfig({ value, diagnostics }: Parsed<ProxyConfig>): Content {
  return { content: { kind: 'proxy-config', config: value }, diagnostics };
}

function readInit(source: Source, span: Span): Content {
  const { value, diagnostics } = parseInit(source, span);
  return { content: { kind: 'istio-init', asked: value }, diagnostics };
}

function readPolicy(source: Source, span: Span, command: Command | null): Content {
  const { value, diagnostics } = parsePolicy(source, span, familyOption(command));
  return { content: { kind: 'routing-policy', policy: value }, diagnostics };
}

function readRoutes(source: Source, span: Span, command: Command | null): Content {
  const { value, diagnostics } = parseRoutes(source, span, routeTableOf(command), familyOption(command));
  return { content: { kind: 'routes', routes: value }, diagnostics };
}

function readInterfaces(source: Source, span: Span): Content {
  const { value, diagnostics } = parseInterfaces(source, span);
  return { content: { kind: 'interfaces', interfaces: value }, diagnostics };
}

function readTextLog(source: Source, span: Span): Content {
  const entries: AccessLogEntry[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const line of linesOf(source, span)) {
    if (textEntryStart(textAt(source, line)) < 0) continue;
    const entry = parseTextEntry(source, line);
    if (entry) entries.push(entry);
    else diagnostics.push(diagnostic('warning', 'access-log.columns', line));
  }
  return { content: { kind: 'access-log', log: { entries } }, diagnostics };
}

function readYamlConfig(source: Source, span: Span): Content | null {
  const yaml = readYaml(source, span);
  const tooLarge = yaml.diagnostics.some(({ code }) => code === 'yaml.size');
  if (!looksLikeEnvoyConfig(yaml.value) && !tooLarge) return null;
  const { value, diagnostics } = readProxyConfig(yaml.value);
  return proxyConfig({ value, diagnostics: [...yaml.diagnostics, ...diagnostics] });
}

export const LINE_KINDS: readonly LineKind[] = [
  {
    kind: 'access-log',
    starts: (line) => textEntryStart(line) >= 0,
    inside: () => (line) => textEntryStart(line) >= 0 || line.trim() === '',
    read: readTextLog,
  },
  {
    kind: 'iptables-save',
    starts: startsSave,
    inside: () => isSaveLine,
    read: (source, span, command) => rules(parseSave(source, span, familyFrom(command))),
  },
  {
    kind: 'iptables-rules',
    starts: startsRules,
    inside: () => isRulesLine,
    read: (source, span, command) => rules(parseRules(source, span, tableOf(command), familyFrom(command))),
  },
  {
    kind: 'iptables-list',
    starts: startsList,
    inside: () => isListLine,
    read: (source, span, command) => rules(parseList(source, span, tableOf(command), familyFrom(command))),
  },
  {
    kind: 'istioctl-table',
    starts: startsIstioctlTable,
    inside: istioctlTableLines,
    read: (source, span) => proxyConfig(parseIstioctlTable(source, span)),
  },
  {
    kind: 'istio-init',
    starts: startsInit,
    inside: initLines,
    read: readInit,
  },
  {
    kind: 'nft-ruleset',
    starts: startsNft,
    inside: nftLines,
    read: (source, span) => rules(parseNft(source, span)),
  },
  {
    kind: 'ip-rule',
    starts: startsPolicy,
    inside: () => isPolicyLine,
    read: readPolicy,
  },
  {
    kind: 'ip-addr',
    starts: startsInterfaces,
    inside: () => isInterfaceLine,
    read: readInterfaces,
  },
  {
    kind: 'ip-route',
    starts: startsRoutes,
    inside: () => isRouteLine,
    read: readRoutes,
  },
  {
    kind: 'envoy-config',
    starts: startsYaml,
    inside: yamlLines,
    read: readYamlConfig,
  },
];
