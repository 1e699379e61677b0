// The text twin of the picture, where it is not on the screen itself.
import type { Trace } from '../../engine/trace/trace.ts';
import { HopList } from './HopList.tsx';

export function Twin({ trace }: { readonly trace: Trace }) {
  return (
    <div className="visually-hidden">
      <HopList trace={trace} plain />
    </div>
  );
}
