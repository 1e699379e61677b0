// "line 37": selects the hop and with it the line of the paste that proves it.
import type { Hop } from '../../engine/trace/trace.ts';
import { useSession, useWords } from '../context.ts';

interface ProofLinkProps {
  readonly hop: Hop;
  readonly onShow: () => void;
}

export function ProofLink({ hop, onShow }: ProofLinkProps) {
  const { t } = useWords();
  const session = useSession();
  const [evidence] = hop.evidence;
  return (
    <button
      type="button"
      className="link"
      onClick={() => {
        session.select(hop.n);
        onShow();
      }}
    >
      {evidence && !evidence.supplied
        ? t(hop.basis === 'undecided' ? 'proof.open' : 'proof.line', { line: evidence.line })
        : t('proof.hop', { n: hop.n })}
    </button>
  );
}
