// The quiz for one person alone: the presenter, asking.
import { Presenter } from './Presenter.tsx';

export function QuizView({ onClose }: { readonly onClose: () => void }) {
  return <Presenter asks onClose={onClose} />;
}
