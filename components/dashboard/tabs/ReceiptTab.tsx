import { ReceiptLines } from '../../lists/Receipt.tsx';
import type { TabProps } from './tab.ts';

/** What was requested, what was received, and what it cost. */
export default function ReceiptTab({ snapshot }: TabProps) {
  return (
    <div className="receipt receipt-tab">
      <ReceiptLines snapshot={snapshot} open />
    </div>
  );
}
