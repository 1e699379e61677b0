// The two other levels of addresses: what the proxy knows of its two connections, and what headers tell the application.
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { receivingHop } from '../../graph/answer.ts';
import { reportedBy } from '../../graph/metrics.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { firstHop, visitsOf } from '../../graph/visits.ts';
import { Address } from '../Address.tsx';
import { useWords } from '../context.ts';
import styles from './Inspector.module.css';
import { Metrics } from './Metrics.tsx';

interface ViewsProps {
  readonly hop: Hop;
  readonly trace: Trace;
}

export function Views({ hop, trace }: ViewsProps) {
  return (
    <>
      <ProxyView hop={hop} trace={trace} />
      {receivingHop(trace)?.n === hop.n && <HeaderView trace={trace} />}
    </>
  );
}

/** Downstream is the connection the proxy accepted; upstream the one it opened, once it has. */
function ProxyView({ hop, trace }: ViewsProps) {
  const { t } = useWords();
  const visit = visitsOf(trace).find(({ hops }) => hops.some(({ n }) => n === hop.n));
  if (!visit || visit.place !== 'proxy') return null;
  const sources = sourcesOf(trace);
  const reported = reportedBy(visit);
  const accepted = firstHop(visit).before;
  const opened = visit.hops.find(
    ({ connection, n }) => n <= hop.n && connection !== firstHop(visit).connection,
  )?.after;
  return (
    <section>
      <h3>{t('view.proxy')}</h3>
      <table className={styles['table']}>
        <tbody>
          <tr>
            <th scope="row">{t('view.downstream')}</th>
            <td>
              <Address text={accepted.src} sources={sources} /> → {accepted.dst}
            </td>
          </tr>
          <tr>
            <th scope="row">{t('view.upstream')}</th>
            <td>
              {opened ? (
                <>
                  <Address text={opened.src} sources={sources} /> → {opened.dst}
                </>
              ) : (
                t('view.notYet')
              )}
            </td>
          </tr>
        </tbody>
      </table>
      {reported && <Metrics reported={reported} />}
    </section>
  );
}

function HeaderView({ trace: { app } }: { readonly trace: Trace }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('view.headers')}</h3>
      <table className={styles['table']}>
        <tbody>
          <tr>
            <th scope="row">XFF</th>
            <td>{app.xForwardedFor ?? t('view.none')}</td>
          </tr>
          <tr>
            <th scope="row">PROXY</th>
            <td>{app.proxyHeader ?? t('view.none')}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
