import { ReceiptSheet } from '../receipt/ReceiptSheet.tsx';
import '../../styles/receipt.css';
import type { TabProps } from './tab.ts';

/** What was requested, what was received, what it cost, and which files were exported. */
export default function ReceiptTab({ snapshot }: TabProps) {
  return (
    <div className="receipt-tab">
      <ReceiptSheet snapshot={snapshot} />
    </div>
  );
}
