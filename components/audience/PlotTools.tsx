import { i18n } from '#i18n';
import { Button } from '../shared/Button.tsx';
import { showFailure } from '../shared/page-message.ts';
import { saveSvg, saveSvgAsPng } from './save-plot.ts';

interface PlotToolsProps {
  readonly title: string;
  readonly isTable: boolean;
  readonly onTable: (isTable: boolean) => void;
  /** Draws the plot as an SVG file. */
  readonly svg: () => string;
  /** The name of saved files, without the ending. */
  readonly file: string;
}

/** The buttons of a plot. Their names contain the plot's title, because every plot has the same ones. */
export function PlotTools({ title, isTable, onTable, svg, file }: PlotToolsProps) {
  const saveButton = (format: string, save: () => void) => (
    <Button
      size="small"
      variant="quiet"
      aria-label={i18n.t('audience.save_as', { title, format })}
      onClick={save}
    >
      {format}
    </Button>
  );
  return (
    <div className="plot-tools">
      <Button
        size="small"
        variant="quiet"
        aria-pressed={isTable}
        aria-label={i18n.t('audience.as_table', { title })}
        onClick={() => {
          onTable(!isTable);
        }}
      >
        {i18n.t('audience.table')}
      </Button>
      {saveButton('SVG', () => {
        saveSvg(svg(), file);
      })}
      {saveButton('PNG', () => {
        saveSvgAsPng(svg(), file).catch(showFailure);
      })}
    </div>
  );
}
