// Ways to carry the client's address, side by side: every cell but the last two comes from the trace of a worked case.
import { useEffect, useState } from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import { carriedBy, type Carried } from '../../graph/carried.ts';
import { sampleFragment } from '../../permalink/fragment.ts';
import { sampleOf } from '../../samples/samples.ts';
import { useEngine, useSession, useWords } from '../context.ts';
import { Dialog } from '../shell/Dialog.tsx';
import styles from './CarryTable.module.css';
import { MiniPath } from './MiniPath.tsx';
import { WAYS } from './ways.ts';

const COLUMNS = ['way', 'path', 'appSees', 'proxySees', 'carrier', 'answer', 'needs', 'breaks'] as const;

export function CarryTable({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const traces = useTraces();
  return (
    <Dialog size="large" title={t('carry.title')} onClose={onClose}>
      <p>{t('carry.about')}</p>
      <p className={styles['hint']}>{t('carry.scroll')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <section className={styles['scroll']} aria-label={t('carry.title')} tabIndex={0}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`carry.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WAYS.map(({ id, way }) => {
              const trace = traces.get(id);
              const carried = trace && carriedBy(trace);
              return (
                <tr key={id}>
                  <th scope="row">
                    <Open id={id} name={t(`carry.ways.${way}.name`)} onOpened={onClose} />
                  </th>
                  {carried ? <Cells carried={carried} /> : <td colSpan={5}>{t('working')}</td>}
                  <td>{t(`carry.ways.${way}.needs`)}</td>
                  <td>{t(`carry.ways.${way}.breaks`)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </Dialog>
  );
}

/** The traces of all ways, one after the other as the engine has them. */
function useTraces(): ReadonlyMap<string, Trace> {
  const engine = useEngine();
  const [traces, setTraces] = useState<ReadonlyMap<string, Trace>>(new Map());
  useEffect(() => {
    let gone = false;
    async function walk(): Promise<void> {
      for (const { id } of WAYS) {
        const sample = sampleOf(id);
        if (!sample || gone) continue;
        const { trace } = await engine.ask((remote) => remote.simulate(sample.scenario));
        if (!gone) setTraces((before) => new Map([...before, [id, trace]]));
      }
    }
    walk().catch(() => undefined); // an engine that was stopped leaves its rows unfilled
    return () => {
      gone = true;
    };
  }, [engine]);
  return traces;
}

interface OpenProps {
  readonly id: string;
  readonly name: string;
  readonly onOpened: () => void;
}

function Open({ id, name, onOpened }: OpenProps) {
  const session = useSession();
  return (
    <button
      type="button"
      className="link"
      onClick={() => {
        const sample = sampleOf(id);
        if (!sample) return;
        history.replaceState(null, '', sampleFragment(id));
        session.open(sample.scenario, sample);
        onOpened();
      }}
    >
      {name}
    </button>
  );
}

function Cells({ carried }: { readonly carried: Carried }) {
  const { t } = useWords();
  const { appSees, proxySees, carrier, written, answer } = carried;
  return (
    <>
      <td>
        <MiniPath carried={carried} />
      </td>
      <td>
        <code>{appSees ?? t('carry.nothing')}</code>
      </td>
      <td>{proxySees === null ? t('carry.noProxy') : <code>{proxySees}</code>}</td>
      <td>
        {t(`carry.carriers.${carrier ?? 'none'}`)} {carrier !== 'packet' && written && <code>{written}</code>}
      </td>
      <td>{t(`carry.answers.${answer}`)}</td>
    </>
  );
}
