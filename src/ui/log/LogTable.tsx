// The access log of the pod in front as a table of any length: only the rows in sight exist. A row becomes the request.
import { useEffect, useState } from 'react';
import type { LogTable as Table } from '../../engine/trace/log-table.ts';
import { useEngine, useSession, useSessionState, useWords } from '../context.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Working } from '../Working.tsx';
import { Rows } from './Rows.tsx';

export function LogTable({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const session = useSession();
  const engine = useEngine();
  const pod = useSessionState((state) => state.scenario.pods[state.pod]);
  const [table, setTable] = useState<Table | null>(null);
  const [failed, setFailed] = useState<'log.failed' | 'whatIf.failed' | null>(null);
  useEffect(() => {
    if (!pod) return;
    let gone = false;
    engine
      .ask((remote) => remote.openLog(pod))
      .then(
        (opened) => !gone && setTable(opened),
        () => setFailed('whatIf.failed'),
      );
    return () => {
      gone = true;
    };
  }, [engine, pod]);
  async function follow(n: number): Promise<void> {
    const request = await engine.ask((remote) => remote.logRequest(n));
    if (!request) return setFailed('log.failed');
    session.setRequest(request);
    onClose();
  }
  return (
    <Dialog
      size="large"
      title={t('log.title', { pod: pod?.name ?? '', count: table?.count ?? 0 })}
      onClose={onClose}
    >
      {failed && <p role="alert">{t(failed)}</p>}
      {!table && !failed && <Working />}
      {table && table.count === 0 && <p>{t('log.none')}</p>}
      {table && table.count > 0 && <Rows table={table} onFollow={(n) => void follow(n)} />}
    </Dialog>
  );
}
