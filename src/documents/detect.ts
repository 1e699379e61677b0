// What a piece of a paste is: one ordered table. A document of lines starts with a line that only its kind prints,
// and goes on while lines can belong to it. Adding a dialect is adding a row.
import type { Diagnostic, Parsed } from '../base/diagnostic.ts';
import { textAt, type Source, type Span } from '../base/source.ts';
import { readYaml } from '../base/yaml.ts';
import { NO_FORMATS, type GivenFormats } from './accesslog/given-format.ts';
import { entryLines, readLog, startsLogEntry } from './accesslog/read.ts';
import { familyOption, isIpv6Command, namespaceOf, routeTableOf, tableOf, type Command } from './command.ts';
import type { ProxyConfig } from './envoy/config.ts';
import { looksLikeEnvoyConfig, mayHoldEnvoyConfig, readProxyConfig } from './envoy/parse.ts';
import { istioctlTableLines, parseIstioctlTable, startsIstioctlTable } from './envoy/tables/table.ts';
import { startsEnvoyFilter, startsYaml, withoutStrayIndent, yamlLines } from './envoy/yaml-lines.ts';
import { isAdminClusterLine, readAdminClusters } from './envoyadmin/clusters.ts';
import { isAdminListenerLine, readAdminListeners } from './envoyadmin/listeners.ts';
import { readSets, setLines, startsSet } from './ipset/read.ts';
import type { RulesFamily } from './iptables/family.ts';
import { listLines, parseList, startsList } from './iptables/list.ts';
import { isPlainRule, parseRules, rulesLines, startsRules } from './iptables/rules.ts';
import type { Ruleset } from './iptables/ruleset.ts';
import { isPlainSave, isSaveLine, parseSave, startsSave } from './iptables/save.ts';
import { initLines, parseInit, startsInit } from './istio/init-arguments.ts';
import type { Content, LineKind } from './kind.ts';
import { kubeTableLines, readKubeTable, startsKubeTable } from './kube/table.ts';
import { kubeYamlLines, readKubeYaml, startsKubeYaml } from './kube/yaml.ts';
import { nftLines, startsNft } from './nft/lines.ts';
import { parseNft } from './nft/parse.ts';
import { OBSERVATION_KINDS } from './observation-kinds.ts';
import { isInterfaceLine, parseInterfaces, startsInterfaces } from './route/interfaces.ts';
import { isPolicyLine, parsePolicy, startsPolicy } from './route/policy.ts';
import { isRouteLine, parseRoutes, startsRoutes } from './route/routes.ts';
import { readSettings, settingLines, startsSettings } from './sysctl/read.ts';

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

/** The access log, told by the formats that are known and by those that the paste or a person gives. */
export function accessLogKind(given: GivenFormats): LineKind {
  return {
    kind: 'access-log',
    starts: (line) => startsLogEntry(line, given),
    inside: () => entryLines(given),
    read: (source, span) => {
      const { log, diagnostics } = readLog(source, span, given);
      return { content: { kind: 'access-log', log }, diagnostics };
    },
  };
}

function readYamlConfig(source: Source, span: Span): Content | null {
  if (!mayHoldEnvoyConfig(textAt(source, span))) return null;
  const yaml = readYaml(source, withoutStrayIndent(source, span));
  const tooLarge = yaml.diagnostics.some(({ code }) => code === 'yaml.size');
  if (!looksLikeEnvoyConfig(yaml.value) && !tooLarge) return null;
  const { value, diagnostics } = readProxyConfig(yaml.value);
  return proxyConfig({ value, diagnostics: [...yaml.diagnostics, ...diagnostics] });
}

/** Other objects of Istio's networking API are Kubernetes objects to us. */
function readEnvoyFilters(source: Source, span: Span): Content | null {
  return /kind:\s*["']?EnvoyFilter/.test(textAt(source, span)) ? readYamlConfig(source, span) : null;
}

function readTable(source: Source, span: Span, command: Command | null): Content {
  const resources = readKubeTable(source, span, namespaceOf(command));
  return { content: { kind: 'kube', resources }, diagnostics: [] };
}

function readIpsets(source: Source, span: Span): Content | null {
  const sets = readSets(source, span);
  return sets && { content: { kind: 'ipsets', sets }, diagnostics: [] };
}

function readSysctl(source: Source, span: Span): Content | null {
  const settings = readSettings(source, span);
  return settings && { content: { kind: 'settings', settings }, diagnostics: [] };
}

function readEndpointsText(source: Source, span: Span): Content | null {
  const value = readAdminClusters(source, span);
  return value && proxyConfig({ value, diagnostics: [] });
}

/** In the order in which they are asked: what is told by more of a line comes first. */
export const LINE_KINDS: readonly LineKind[] = [
  accessLogKind(NO_FORMATS),
  {
    kind: 'iptables-save',
    starts: startsSave,
    inside: () => isSaveLine,
    plain: isPlainSave,
    read: (source, span, command) => rules(parseSave(source, span, familyFrom(command))),
  },
  {
    kind: 'iptables-rules',
    ofCommands: true,
    starts: startsRules,
    inside: rulesLines,
    plain: isPlainRule,
    read: (source, span, command) => rules(parseRules(source, span, tableOf(command), familyFrom(command))),
  },
  {
    kind: 'iptables-list',
    starts: startsList,
    inside: listLines,
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
    ofCommands: true,
    starts: startsInit,
    inside: initLines,
    read: readInit,
  },
  {
    kind: 'nft-ruleset',
    ofCommands: true,
    starts: startsNft,
    inside: nftLines,
    read: (source, span) => rules(parseNft(source, span)),
  },
  {
    kind: 'ip-rule',
    ofCommands: true,
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
    ofCommands: true,
    starts: startsRoutes,
    inside: () => isRouteLine,
    read: readRoutes,
  },
  {
    kind: 'ipset',
    ofCommands: true,
    starts: startsSet,
    inside: setLines,
    read: readIpsets,
  },
  {
    kind: 'sysctl',
    ofCommands: true,
    starts: startsSettings,
    inside: settingLines,
    read: readSysctl,
  },
  {
    kind: 'kube-table',
    starts: startsKubeTable,
    inside: kubeTableLines,
    read: readTable,
  },
  {
    kind: 'envoy-admin',
    starts: isAdminClusterLine,
    inside: () => isAdminClusterLine,
    read: readEndpointsText,
  },
  {
    kind: 'envoy-admin',
    starts: isAdminListenerLine,
    inside: () => isAdminListenerLine,
    read: (source, span) => proxyConfig({ value: readAdminListeners(source, span), diagnostics: [] }),
  },
  ...OBSERVATION_KINDS,
  {
    kind: 'envoy-filter',
    starts: (line) => startsEnvoyFilter(line) || /^\s*kind:\s*["']?EnvoyFilter\b/.test(line),
    inside: yamlLines,
    read: readEnvoyFilters,
  },
  {
    kind: 'kube-object',
    starts: startsKubeYaml,
    inside: kubeYamlLines,
    read: readKubeYaml,
  },
  {
    kind: 'envoy-config',
    starts: startsYaml,
    inside: yamlLines,
    read: readYamlConfig,
  },
];
