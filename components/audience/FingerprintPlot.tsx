import { useEffect, useId, useRef, useState, type PointerEvent } from 'react';
import { i18n } from '#i18n';
import { fingerprintAxes, type Fingerprint, type FingerprintAxis } from '../../lib/insight/answers.ts';
import type { AreaCondition } from '../../lib/insight/selection.ts';
import { count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';
import { Button } from '../shared/Button.tsx';
import { AreaFields } from './AreaFields.tsx';
import { Choice } from './Choice.tsx';
import { coarseCounts, paintDensity } from './density-picture.ts';
import type { PlotSource } from './FacetPlot.tsx';
import {
  acrossText,
  areaOfBox,
  areaOfCondition,
  boxOfArea,
  conditionOfArea,
  createdText,
  endTexts,
  knownText,
  type Area,
  type Box,
} from './fingerprint-area.ts';
import { fingerprintSvg } from './fingerprint-svg.ts';
import { PlotTools } from './PlotTools.tsx';
import { currentLook } from './save-plot.ts';

interface FingerprintPlotProps {
  readonly fingerprint: Fingerprint;
  /** The area that filters the list; `null` if none does. */
  readonly condition: AreaCondition | null;
  readonly onCondition: (condition: AreaCondition | null) => void;
  /** The axis that the user chose. The picture shows it when it is ready. */
  readonly chosenAxis: FingerprintAxis;
  readonly onAxis: (axis: FingerprintAxis) => void;
  readonly source: PlotSource;
}

/** Accounts by when they followed and when they were created. A drag selects an area; the fields below do the same. */
export function FingerprintPlot(props: FingerprintPlotProps) {
  const { fingerprint, condition, onCondition, chosenAxis, onAxis, source } = props;
  const id = useId();
  const [isTable, setTable] = useState(false);
  const { axis, isDated, across, created } = fingerprint;
  const chosen = condition === null ? null : areaOfCondition(condition);
  // An area along the other axis can't be drawn on this one.
  const area = chosen?.axis === axis ? chosen : null;
  const onArea = (next: Area | null): void => {
    onCondition(next === null ? null : conditionOfArea(axis, next));
  };
  const svg = (): string => fingerprintSvg(fingerprint, source.line, currentLook());
  return (
    <section className="facet fingerprint" aria-labelledby={id}>
      <header className="facet-head">
        <h2 id={id}>{i18n.t('audience.fingerprint')}</h2>
        {condition !== null && (
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              onArea(null);
            }}
          >
            {i18n.t('audience.clear')}
          </Button>
        )}
        {isDated && (
          <Choice
            label={i18n.t('audience.axis.label')}
            of={fingerprintAxes}
            text={(one) => i18n.t(`audience.axis.${one}`)}
            chosen={chosenAxis}
            onChosen={onAxis}
          />
        )}
        <PlotTools
          title={i18n.t('audience.fingerprint')}
          isTable={isTable}
          onTable={setTable}
          svg={svg}
          file={`${source.file}_fingerprint`}
        />
      </header>
      <p className="meta">{i18n.t(`audience.fingerprint_about.${axis}`)}</p>
      <p className="meta">{knownText(fingerprint)}</p>
      {isTable ? (
        <CoarseTable fingerprint={fingerprint} />
      ) : (
        <DensityPlot fingerprint={fingerprint} area={area} onArea={onArea} />
      )}
      <AreaFields
        key={JSON.stringify([axis, area])}
        axis={axis}
        area={area ?? { across, created }}
        onArea={onArea}
      />
    </section>
  );
}

function percentOf(share: number): string {
  return `${String(100 * Math.min(1, Math.max(0, share)))}%`;
}

/** Below this share of the plot's width and height, a drag was meant as a click. */
const LEAST_DRAG = 0.004;

interface DensityPlotProps {
  readonly fingerprint: Fingerprint;
  readonly area: Area | null;
  readonly onArea: (area: Area | null) => void;
}

function DensityPlot({ fingerprint, area, onArea }: DensityPlotProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    if (canvas.current !== null) paintDensity(canvas.current, fingerprint);
  }, [fingerprint]);
  const shown = box ?? (area === null ? null : boxOfArea(fingerprint, area));
  const [left, right] = endTexts(fingerprint);
  const shareAt = (event: PointerEvent): readonly [number, number] => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return [(event.clientX - bounds.left) / bounds.width, (event.clientY - bounds.top) / bounds.height];
  };
  return (
    // Like a map, it is not mirrored for languages that are written from right to left.
    <div className="density" dir="ltr">
      <span className="density-end">{createdText(fingerprint.created.to)}</span>
      <div
        className="density-area"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const [x, y] = shareAt(event);
          setBox({ x0: x, y0: y, x1: x, y1: y });
        }}
        onPointerMove={(event) => {
          if (box === null) return;
          const [x, y] = shareAt(event);
          setBox({ ...box, x1: x, y1: y });
        }}
        onPointerUp={() => {
          if (box === null) return;
          const isClick = Math.abs(box.x1 - box.x0) < LEAST_DRAG && Math.abs(box.y1 - box.y0) < LEAST_DRAG;
          onArea(isClick ? null : areaOfBox(fingerprint, box));
          setBox(null);
        }}
        onPointerCancel={() => {
          setBox(null);
        }}
      >
        <canvas
          ref={canvas}
          width={fingerprint.columns}
          height={fingerprint.rows}
          role="img"
          aria-label={i18n.t('audience.fingerprint_picture', { n: count(fingerprint.known) })}
        />
        {shown !== null && (
          <div
            className="density-box"
            style={{
              left: percentOf(Math.min(shown.x0, shown.x1)),
              right: percentOf(1 - Math.max(shown.x0, shown.x1)),
              top: percentOf(Math.min(shown.y0, shown.y1)),
              bottom: percentOf(1 - Math.max(shown.y0, shown.y1)),
            }}
          />
        )}
      </div>
      <span className="density-end">{createdText(fingerprint.created.from)}</span>
      <div className="axis-labels">
        <span>{left}</span>
        <span>{i18n.t(`audience.axis.${fingerprint.axis}`)}</span>
        <span>{right}</span>
      </div>
    </div>
  );
}

/** The picture as a table of few fields: creation by tenths of the list, or of its time. */
function CoarseTable({ fingerprint }: { readonly fingerprint: Fingerprint }) {
  const { columns, rows } = coarseCounts(fingerprint);
  const { axis } = fingerprint;
  return (
    <div className="facet-table" tabIndex={0} role="group" aria-label={i18n.t('audience.fingerprint')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{i18n.t('audience.facet.created')}</th>
            {columns.map(({ from, to }) => (
              <th key={from} scope="col">
                {acrossText(axis, from)} – {acrossText(axis, to)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ from, to, counts }) => (
            <tr key={from}>
              <th scope="row">
                {createdDay(from)} – {createdDay(to)}
              </th>
              {counts.map((n, index) => (
                <td key={columns[index]?.from}>{count(n)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
