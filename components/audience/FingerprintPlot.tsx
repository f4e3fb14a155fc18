import { useEffect, useId, useRef, useState, type PointerEvent } from 'react';
import { i18n } from '#i18n';
import type { Fingerprint } from '../../lib/insight/answers.ts';
import type { Between } from '../../lib/lists/conditions.ts';
import { count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';
import { Button } from '../shared/Button.tsx';
import { AreaFields } from './AreaFields.tsx';
import { coarseCounts, paintDensity } from './density-picture.ts';
import { PlotTools, type PlotSource } from './FacetPlot.tsx';
import { saveCanvas } from './save-plot.ts';

export interface Area {
  readonly positions: Between;
  readonly created: Between;
}

interface FingerprintPlotProps {
  readonly fingerprint: Fingerprint;
  readonly area: Area | null;
  readonly onArea: (area: Area | null) => void;
  readonly source: PlotSource;
}

/** A rectangle in shares of the plot's width and height, from the top left. */
interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function at(span: Between, share: number): number {
  return span.from + Math.min(1, Math.max(0, share)) * (span.to - span.from);
}

/** The area of a box. Positions start at the left, creation at the bottom. */
function areaOfBox({ positions, created }: Fingerprint, { x0, y0, x1, y1 }: Box): Area {
  return {
    positions: {
      from: Math.round(at(positions, Math.min(x0, x1))),
      to: Math.round(at(positions, Math.max(x0, x1))),
    },
    created: {
      from: Math.floor(at(created, 1 - Math.max(y0, y1))),
      to: Math.ceil(at(created, 1 - Math.min(y0, y1))),
    },
  };
}

function boxOfArea({ positions, created }: Fingerprint, area: Area): Box {
  const share = (span: Between, value: number): number =>
    (value - span.from) / Math.max(1, span.to - span.from);
  return {
    x0: share(positions, area.positions.from),
    x1: share(positions, area.positions.to),
    y0: 1 - share(created, area.created.to),
    y1: 1 - share(created, area.created.from),
  };
}

function percentOf(share: number): string {
  return `${String(100 * Math.min(1, Math.max(0, share)))}%`;
}

/** Accounts by their place in the list and their creation. A drag selects an area; the fields below do the same. */
export function FingerprintPlot({ fingerprint, area, onArea, source }: FingerprintPlotProps) {
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isTable, setTable] = useState(false);
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    if (canvas.current !== null) paintDensity(canvas.current, fingerprint);
  }, [fingerprint, isTable]);
  const { created, positions, known, total } = fingerprint;
  const shown = box ?? (area === null ? null : boxOfArea(fingerprint, area));
  const shareAt = (event: PointerEvent): readonly [number, number] => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    return [(event.clientX - left) / width, (event.clientY - top) / height];
  };
  return (
    <section className="facet fingerprint" aria-labelledby={id}>
      <header className="facet-head">
        <h2 id={id}>{i18n.t('audience.fingerprint')}</h2>
        {area !== null && (
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
        <PlotTools
          title={i18n.t('audience.fingerprint')}
          isTable={isTable}
          onTable={setTable}
          onSvg={null}
          onPng={() => {
            if (canvas.current !== null)
              saveCanvas(canvas.current, `${source.file}_fingerprint`).catch(console.error);
          }}
        />
      </header>
      <p className="meta">{i18n.t('audience.fingerprint_about')}</p>
      <p className="meta">
        {i18n.t('audience.known', {
          field: i18n.t('audience.facet.created'),
          n: count(known),
          of: count(total),
        })}
      </p>
      {isTable ? (
        <CoarseTable fingerprint={fingerprint} />
      ) : (
        <div className="density">
          <span className="density-top">{createdDay(created.to)}</span>
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
              const isClick = Math.abs(box.x1 - box.x0) < 0.004 && Math.abs(box.y1 - box.y0) < 0.004;
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
              aria-label={i18n.t('audience.fingerprint_picture', { n: count(known) })}
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
          <span className="density-bottom">{createdDay(created.from)}</span>
          <div className="axis-labels">
            <span>{i18n.t('audience.newest', { n: count(positions.from + 1) })}</span>
            <span>{i18n.t('audience.oldest', { n: count(positions.to + 1) })}</span>
          </div>
        </div>
      )}
      <AreaFields key={JSON.stringify(area)} area={area} whole={{ positions, created }} onArea={onArea} />
    </section>
  );
}

/** The picture as a table of few fields: years of creation by tenths of the list. */
function CoarseTable({ fingerprint }: { readonly fingerprint: Fingerprint }) {
  const { columns, rows } = coarseCounts(fingerprint);
  return (
    <div className="facet-table" tabIndex={0} role="group" aria-label={i18n.t('audience.fingerprint')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{i18n.t('audience.facet.created')}</th>
            {columns.map(({ from, to }) => (
              <th key={from} scope="col">
                {count(from + 1)}–{count(to + 1)}
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
