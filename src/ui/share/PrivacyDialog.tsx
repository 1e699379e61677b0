// What "nothing leaves this page" rests on, and how to check it.
import { useWords } from '../context.ts';
import { Dialog } from '../shell/Dialog.tsx';

export function PrivacyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const policy = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  return (
    <Dialog title={t('privacy.title')} onClose={onClose}>
      <p>{t('privacy.policy')}</p>
      {policy && (
        <p>
          <code>{policy.content}</code>
        </p>
      )}
      <p>{t('privacy.storage')}</p>
      <p>{t('privacy.offline')}</p>
    </Dialog>
  );
}
