import { i18n } from '#i18n';
import { namesSeveral } from '../../lib/batch/lines.ts';
import { openMany } from '../runs/open-extension-page.ts';
import { Button } from '../shared/Button.tsx';

/** Offers to collect several profiles at once if a text names more than one. */
export default function OfferMany({ text }: { readonly text: string }) {
  if (!namesSeveral(text)) return null;
  return (
    <div className="line" role="status">
      <p className="grow">{i18n.t('popup.several')}</p>
      <Button
        onClick={() => {
          openMany(text).catch(console.error);
        }}
      >
        {i18n.t('many.title')}
      </Button>
    </div>
  );
}
