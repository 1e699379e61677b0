// What can be taken away, under pseudonyms unless it is asked otherwise: pictures, a diagram as text, a report, the data,
// a printed page. All made in the page.
import { useState } from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import { useEngine, useSession, useSessionState, useTrace, useWords } from '../context.ts';
import { Account } from '../share/Account.tsx';
import { useCopy, type Choices } from '../share/use-copy.ts';
import { answerOf } from '../share/written.ts';
import { Dialog } from '../shell/Dialog.tsx';
import styles from './ExportDialog.module.css';
import { Formats, type Exported } from './Formats.tsx';

export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const trace = useTrace();
  return (
    <Dialog title={t('header.export')} onClose={onClose}>
      {trace && trace.hops.length > 0 ? (
        <Exports trace={trace} onClose={onClose} />
      ) : (
        <p>{t('canvas.empty')}</p>
      )}
    </Dialog>
  );
}

interface ExportsProps {
  readonly trace: Trace;
  readonly onClose: () => void;
}

/** As in sharing, a copy under pseudonyms unless it is asked otherwise; an unchanged sample has nothing to hide. */
function Exports({ trace, onClose }: ExportsProps) {
  const words = useWords();
  const { t } = words;
  const session = useSession();
  const engine = useEngine();
  const isSample = useSessionState(({ origin, scenario }) => origin?.scenario === scenario);
  const title = useSessionState(({ scenario }) => scenario.title);
  const [anonymise, setAnonymise] = useState(true);
  if (!isSample && anonymise)
    return (
      <>
        <Choice checked onChange={setAnonymise} />
        <Copied onClose={onClose} />
      </>
    );
  const original: Exported = {
    trace,
    title,
    // where this is open before the headline, its words are made here
    answer:
      document.querySelector('[data-testid="headline"] h2')?.textContent ??
      answerOf(trace, words).replaceAll('`', ''),
    scenario: () => engine.whole(session.store.getState().scenario),
  };
  return (
    <>
      {!isSample && <Choice checked={false} onChange={setAnonymise} />}
      {!isSample && <p>{t('share.original')}</p>}
      <Formats exported={original} onClose={onClose} />
    </>
  );
}

interface ChoiceProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Choice({ checked, onChange }: ChoiceProps) {
  const { t } = useWords();
  return (
    <label className={styles['choice']}>
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {t('share.anonymise')}
    </label>
  );
}

const MASKED: Choices = { anonymise: true, shrunk: false };

function Copied({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const made = useCopy(MASKED);
  if (!made) return <output>{t('share.copying')}</output>;
  if ('failure' in made) return <p role="alert">{t('share.failed', { reason: made.failure })}</p>;
  const { copy } = made;
  const { trace, scenario } = copy;
  const answer = answerOf(trace, words).replaceAll('`', '');
  return (
    <>
      <p>{t('share.filesNote')}</p>
      <p role={copy.isSame ? undefined : 'alert'}>{t(copy.isSame ? 'share.same' : 'share.differs')}</p>
      <Formats
        exported={{ trace, answer, title: '', scenario: () => Promise.resolve(scenario) }}
        onClose={onClose}
      />
      <Account copy={copy} title={t('share.files')} />
    </>
  );
}
