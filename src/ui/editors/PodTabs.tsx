// A tab for each pod; the one in front can be renamed, given a role, and removed.
import { useState } from 'react';
import { visible } from '../../base/visible.ts';
import type { ScenarioPod } from '../../engine/scenario.ts';
import { freeName } from '../../session/own-case.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import { Tabs } from '../Tabs.tsx';
import styles from './PodTabs.module.css';

export function PodTabs() {
  const { t } = useWords();
  const session = useSession();
  const pods = useSessionState((state) => state.scenario.pods);
  const at = useSessionState((state) => state.pod);
  const [editing, setEditing] = useState(false);
  const pod = pods[at];
  return (
    <div className={styles['bar']}>
      <Tabs
        label={t('pods.label')}
        tabs={pods.map(({ name }, i) => ({ id: i, name: name === '' ? t('pods.unnamed') : visible(name) }))}
        shown={at}
        onShow={(pod) => session.showPod(pod)}
      />
      {pod && (
        <button
          type="button"
          className={styles['tool']}
          aria-expanded={editing}
          aria-label={t('pods.edit')}
          title={t('pods.edit')}
          onClick={() => setEditing(!editing)}
        >
          ✎
        </button>
      )}
      <button
        type="button"
        className={styles['tool']}
        aria-label={t('pods.add')}
        title={t('pods.add')}
        onClick={() => session.addPod(freeName(pods))}
      >
        +
      </button>
      {editing && pod && <PodForm at={at} pod={pod} />}
    </div>
  );
}

const ROLES = ['client', 'server', 'gateway'] as const;

function PodForm({ at, pod }: { readonly at: number; readonly pod: ScenarioPod }) {
  const { t } = useWords();
  const session = useSession();
  return (
    <div className={styles['form']}>
      <label>
        {t('pods.name')}
        <input
          className="field"
          value={pod.name}
          onChange={(event) => session.setPod(at, { name: event.target.value })}
        />
      </label>
      <label>
        {t('pods.role')}
        <select
          className="field"
          value={pod.role ?? ''}
          onChange={(event) =>
            session.setPod(at, { role: ROLES.find((role) => role === event.target.value) ?? null })
          }
        >
          <option value="">{t('role.unknown')}</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('pods.addresses')}
        <Addresses at={at} pod={pod} />
      </label>
      <button type="button" className="button" onClick={() => session.removePod(at)}>
        {t('pods.remove')}
      </button>
    </div>
  );
}

/** Kept as typed until the field is left, so that a half-typed list is not rewritten under the hand. */
function Addresses({ at, pod }: { readonly at: number; readonly pod: ScenarioPod }) {
  const session = useSession();
  return (
    <input
      className="field"
      key={pod.addresses.join(' ')}
      defaultValue={pod.addresses.join(' ')}
      placeholder="10.20.0.77"
      onBlur={(event) => {
        const addresses = event.target.value.split(/[\s,]+/).filter((address) => address !== '');
        if (addresses.join(' ') !== pod.addresses.join(' ')) session.setPod(at, { addresses });
      }}
    />
  );
}
