// Whether words are a command line of a tool that people of this field run, or a sentence that speaks of it. No prompt
// is needed: what may stand behind the tool's name, and what never stands in a command, tell.

/** Tools by name, and what stands behind the name in a command, and not in a sentence about the tool. */
const TOOLS: readonly (readonly [names: string, arguments_: RegExp])[] = [
  [
    'kubectl kubectl.exe k oc kc',
    /^(?:-\S|(?:get|describe|exec|logs?|apply|create|delete|edit|label|annotate|patch|port-forward|debug|run|scale|rollout|cp|top|config|set|expose|wait|auth|version|explain|attach|proxy|replace|kustomize|rsh)\b)/,
  ],
  [
    'istioctl',
    /^(?:-\S|(?:proxy-config|pc|proxy-status|ps|install|analyze|x|experimental|kube-inject|version|dashboard|manifest|upgrade|validate|ztunnel-config|zc|admin|profile|uninstall)\b)/,
  ],
  ['istio-iptables pilot-agent asmctl meshctl', /^(?:-\S|\[|request\b|istio-)/],
  [
    'docker podman nerdctl crictl ctr',
    /^(?:-\S|(?:ps|exec|inspect|inspectp|run|logs|pods|images|pull|push|build|buildx|compose|network|cp|stop|rm|start|tag)\b)/,
  ],
  [
    'ip',
    /^(?:(?:-\S+\s+)*(?:a|addr|address|l|link|r|ro|route|ru|rule|n|neigh|netns)(?:\s+(?:-|show|sh|s|ls|list|add|a|del|d|get|g|save|dev|table|t|exec)\b.*)?$|-\S)/,
  ],
  ['iptables ip6tables xtables-* ipset', /^(?:-\S|[|>]|(?:list|save)\b)/],
  ['nft', /^(?:-\S|(?:list|monitor|add|insert|delete|flush)\b)/],
  ['ss netstat nsenter conntrack lsof dmesg journalctl sysctl', /^(?:-\S|[|>]|net\.)/],
  ['tcpdump ngrep tshark', /^(?:-\S|(?:host|port|tcp|udp|src|dst|any)\b)/],
  [
    'curl wget ping ping6 telnet nc ncat dig nslookup http hey fortio',
    /^(?:-\S|https?:|["'$]|localhost|[\w-]+[.:/][\w.:/-])/,
  ],
  ['ssh scp', /^(?:-\S|[\w.-]+@)/],
  [
    'cat less head tail ls cd mv cp rm mkdir chmod grep egrep jq yq awk sed xxd hexdump od source vi vim bash sh python python3 go make',
    /^(?:-\S|["'$<~]|[\w-]*[./][\w./-]*(?:\s|$))/,
  ],
  ['tar', /^-?[cxtz][a-z]+\s/],
  ['export', /^\w+=/],
  ['echo printf', /^["'$-]/],
  [
    'helm git minikube kind npm apt apt-get yum systemctl service',
    /^(?:-\S|(?:install|upgrade|repo|clone|start|create|update|restart|status|template)\b)/,
  ],
  ['watch while for time', /^(?:-\S|true\b|\w+ in\b|kubectl|curl)/],
];

const ARGUMENTS: ReadonlyMap<string, RegExp> = new Map(
  TOOLS.flatMap(([names, arguments_]) => names.split(' ').map((name) => [name, arguments_] as const)),
);

/** Commands that are often run without arguments. */
const BARE = /^(?:ip6?tables(?:-legacy|-nft)?-save|dmesg|netstat|ss|ifconfig|env)$/;

/** The tool of a command, behind what may stand before it, and its arguments. */
const WORDS = /^(?:(?:sudo|time|env|[A-Z_]+=\S*)\s+)*(?:\.\/|\/[\w./-]+\/)?([\w.-]+)(?:\s+(.*))?$/s;

function isCommandOfTool(text: string): boolean {
  const [, name = '', given] = WORDS.exec(text) ?? [];
  if (given === undefined) return BARE.test(name);
  const family = /^(?:ip6?|x)tables-\w+$/.test(name) ? 'xtables-*' : name;
  return ARGUMENTS.get(family)?.test(given) ?? false;
}

const QUOTED = /"[^"]*"|'[^']*'/g;
const REMARK = /\s#\s.*$/;
const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/;
const SENTENCE_WORDS =
  /\s(?:the|is|are|was|were|will|that|this|you|we|which|can|should|command|output)(?:\s|$)/i;
const SENTENCE_END = /[a-z)`"][.,;:!?]$|[。：，！？；]$/i;

/** Whether words that no prompt introduces are a command, rather than a sentence about one. */
export function isToolCommand(text: string): boolean {
  if (!isCommandOfTool(text)) return false;
  const bare = text.replace(REMARK, '').replace(QUOTED, '""');
  return !WIDE.test(bare) && !SENTENCE_WORDS.test(bare) && !SENTENCE_END.test(bare.trimEnd());
}
