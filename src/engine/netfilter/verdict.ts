// What a rule or a policy decided, as the kernel's own trace words it (nft monitor trace).
export type Verdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'policy'; readonly policy: 'accept' | 'drop' }
  | { readonly kind: 'undecided' };

/** `accept`, `jump ISTIO_INBOUND`, `policy accept`. */
export function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'jump':
    case 'goto':
      return `${verdict.kind} ${verdict.chain}`;
    case 'policy':
      return `policy ${verdict.policy}`;
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
    case 'undecided':
      return verdict.kind;
  }
}
