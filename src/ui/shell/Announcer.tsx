// Tells a screen reader which hop is current.
import { useHop, useSessionState, useTrace, useWords } from '../context.ts';
import { sentenceOf } from '../sentence.ts';

export function Announcer() {
  const words = useWords();
  const hop = useHop();
  const trace = useTrace();
  const wrapped = useSessionState((state) => state.wrapped);
  const text =
    hop && trace
      ? (wrapped ? `${words.t('timeline.wrapped')} ` : '') +
        words.t('announce', { n: hop.n, count: trace.hops.length, sentence: sentenceOf(words, hop) })
      : '';
  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}
