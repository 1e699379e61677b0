// Everything about the current hop: what was decided, the addresses before and after, how sure it is, the quoted
// lines, what was passed over, what is known about it.
import { memo, useDeferredValue } from 'react';
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { useHop, useWords } from '../context.ts';
import { placeName } from '../place-name.ts';
import { sentenceOf } from '../sentence.ts';
import { AddressTable } from './AddressTable.tsx';
import { Findings } from './Findings.tsx';
import { Futures } from './Futures.tsx';
import styles from './Inspector.module.css';
import { PassedOver } from './PassedOver.tsx';
import { Proof } from './Proof.tsx';
import { readingOf } from './sources-to-read.ts';
import { Views } from './Views.tsx';

export const Inspector = memo(({ trace }: { readonly trace: Trace }) => {
  const words = useWords();
  const hop = useDeferredValue(useHop()); // the packet moves first
  if (!hop) return <p>{words.t('inspector.none')}</p>;
  const misread = `misread.${hop.event.code}`;
  return (
    <article className={styles['inspector']}>
      <h2>{sentenceOf(words, hop)}</h2>
      <p className={styles['where']}>
        <Where hop={hop} trace={trace} />
      </p>
      <AddressTable hop={hop} trace={trace} />
      <Views hop={hop} trace={trace} />
      <Futures hop={hop} />
      <section>
        <h3>{words.t('inspector.proof')}</h3>
        <Basis hop={hop} />
      </section>
      <PassedOver hop={hop} />
      <Findings findings={trace.findings.filter((finding) => finding.hop === hop.n)} place="here" />
      {words.knows(misread) && (
        <section>
          <h3>{words.t('inspector.misread')}</h3>
          <p>{words.say({ code: misread, parameters: hop.event.parameters })}</p>
        </section>
      )}
      <ToRead hop={hop} />
    </article>
  );
});

function ToRead({ hop }: { readonly hop: Hop }) {
  const { t } = useWords();
  const reading = readingOf(hop);
  if (!reading) return null;
  return (
    <p className={styles['where']}>
      {t('inspector.read')}{' '}
      <a href={reading.address} target="_blank" rel="noreferrer">
        {reading.name}
      </a>
    </p>
  );
}

function Basis({ hop }: { readonly hop: Hop }) {
  const { t } = useWords();
  const { basis, evidence } = hop;
  if (evidence.length === 0 && (basis === 'derived' || basis === 'observed'))
    return <p className={styles['basis']}>{t('proof.follows')}</p>;
  return (
    <>
      <p className={styles['basis']} data-basis={basis}>
        <strong>{t(`basis.${basis}`)}</strong> {t(`basisWhy.${basis}`)}
      </p>
      <Proof evidence={evidence} />
      {hop.confirmedBy.length > 0 && (
        <>
          <p className={styles['basis']}>{t('proof.confirmed')}</p>
          <Proof evidence={hop.confirmedBy} />
        </>
      )}
    </>
  );
}

function Where({ hop, trace }: { readonly hop: Hop; readonly trace: Trace }) {
  const words = useWords();
  const { t } = words;
  const parts = [
    t('inspector.hop', { n: hop.n }),
    hop.step === null ? null : t('inspector.step', { step: hop.step }),
    hop.pod,
    placeName(hop, trace, words),
    [hop.hook, hop.table].filter((part) => part !== null).join(' · ') || null,
    t('inspector.connection', { n: hop.connection }),
    hop.packet === 'reply' ? t('packet.reply') : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
