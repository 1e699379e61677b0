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
  const pasted = hop.evidence.find(({ supplied }) => !supplied);
  return (
    <button
      type="button"
      className="link"
      onClick={() => {
        session.select(hop.n);
        onShow();
      }}
    >
      {pasted
        ? t(hop.basis === 'undecided' ? 'proof.open' : 'proof.line', { line: pasted.line })
        : t('proof.hop', { n: hop.n })}
    </button>
  );
}
