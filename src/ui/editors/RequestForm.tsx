// The request that is followed: the one given, or, when none is, the one the engine found, to start from.
import { useId, useState } from 'react';
import { PLAIN_REQUEST, type ScenarioRequest } from '../../engine/scenario.ts';
import { requestOfDraft } from '../../session/request-draft.ts';
import { useSession, useSessionState, useSimulation, useWords } from '../context.ts';
import { Details } from '../Details.tsx';
import styles from './RequestForm.module.css';

const PROTOCOLS = ['http', 'tcp', 'tls', 'udp'] as const;

const BLANK: ScenarioRequest = { ...PLAIN_REQUEST, to: '' };

export function RequestForm() {
  const { t, say } = useWords();
  const session = useSession();
  const simulation = useSimulation();
  const given = useSessionState((state) => state.scenario.request);
  const request = given ?? simulation?.request ?? null;
  return (
    <Details
      className={styles['request']}
      summary={
        <>
          <span>{t('request.title')}</span>{' '}
          <code>{request ? `${request.from ?? '*'} → ${request.to}` : t('request.none')}</code>
        </>
      }
    >
      {given === null && simulation && <p className={styles['from']}>{say(simulation.requestFrom)}</p>}
      <Fields
        key={JSON.stringify(request)}
        request={request ?? BLANK}
        onApply={(next) => session.setRequest(next)}
      />
      {given !== null && (
        <button type="button" className="button" onClick={() => session.setRequest(null)}>
          {t('request.fromLog')}
        </button>
      )}
    </Details>
  );
}

interface FieldsProps {
  readonly request: ScenarioRequest;
  readonly onApply: (request: ScenarioRequest) => void;
}

function Fields({ request, onApply }: FieldsProps) {
  const { t } = useWords();
  const [draft, setDraft] = useState(request);
  const [refused, setRefused] = useState(false);
  const set = (changes: Partial<ScenarioRequest>) => setDraft({ ...draft, ...changes });
  return (
    <form
      className={styles['fields']}
      onSubmit={(event) => {
        event.preventDefault();
        const next = requestOfDraft(draft, request);
        setRefused(next === null);
        if (next) onApply(next);
      }}
    >
      <Field
        label={t('request.from')}
        value={draft.from ?? ''}
        onChange={(from) => set({ from: from.trim() || null })}
      />
      <Field
        label={t('request.to')}
        value={draft.to}
        fault={refused ? t('request.badTo') : null}
        onChange={(to) => set({ to: to.trim() })}
      />
      <label>
        {t('request.protocol')}
        <select
          className="field"
          value={draft.protocol}
          onChange={(event) =>
            set({ protocol: PROTOCOLS.find((each) => each === event.target.value) ?? 'http' })
          }
        >
          {PROTOCOLS.map((protocol) => (
            <option key={protocol}>{protocol}</option>
          ))}
        </select>
      </label>
      <Field
        label={t('request.host')}
        value={draft.host ?? ''}
        onChange={(host) => set({ host: host.trim() || null })}
      />
      <Field label={t('request.path')} value={draft.path} onChange={(path) => set({ path })} />
      <button type="submit" className="button" data-primary>
        {t('request.follow')}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly fault?: string | null;
  readonly onChange: (value: string) => void;
}

function Field({ label, value, fault = null, onChange }: FieldProps) {
  const faultId = useId();
  return (
    <>
      <label>
        {label}
        <input
          className="field"
          spellCheck={false}
          value={value}
          aria-invalid={fault !== null}
          aria-describedby={fault === null ? undefined : faultId}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      {fault !== null && (
        <p id={faultId} className={styles['fault']} role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
